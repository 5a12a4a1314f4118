/** Style of layout A. On a phone each row of a list stands below the other, its headings beside its cells. */
export const A_STYLE = `
body{background:#e9eef0;color:#222;font-size:15px}
table{border-collapse:collapse;width:100%}
.outer{max-width:960px;margin:0 auto;background:#fff}
.band{background:#556b2f;color:#fff;font-size:20px;padding:16px}
.path{background:#eef1e4;padding:6px 12px;font-size:14px}
.inner{padding:12px}
.foot{padding:8px 12px;border-top:1px solid #ccc}
.grid{table-layout:fixed;margin-bottom:14px}
.grid caption{text-align:left;font-weight:bold;padding:6px 0}
.grid th,.grid td{border:1px solid #bcc6a8;padding:8px;text-align:left;vertical-align:top}
.grid th{width:112px;background:#f3f6ea;font-weight:normal}
.rows th{width:auto}
.grid td.actions{text-align:center}
.nested .actions{padding:8px 0;text-align:center}
.prose{white-space:pre-line}
.inline{display:inline}
a{color:#1b4f72}
input,select{font:inherit;padding:4px;max-width:100%}
@media(max-width:640px){
.rows thead{display:none}
.rows,.rows tbody,.rows tr,.rows td{display:block}
.rows tr{border:1px solid #bcc6a8;margin-bottom:12px}
.rows td{border:0;padding:4px 8px}
.rows td:empty{display:none}
.rows td::before{content:attr(data-heading)'：';color:#666}
a{display:inline-block;padding:4px 0}
}
`;
