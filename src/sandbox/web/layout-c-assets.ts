/** Script and style of layout C. */

/** Choosing a scenario asks the site for the most days, and only then the field wakes up. */
export const C_SCRIPT = `
function openWindow(one){window.open(one.dataset.href,'_blank','width=820,height=680,scrollbars=yes,resizable=yes')}
function tell(){const {say,next}=document.body.dataset;alert(say);location.replace(next)}
function go(one){location.href=one.dataset.href}
function wake(scenario,name){
  const days=scenario.form.elements[name];
  days.disabled=true;
  if(scenario.value==='')return;
  fetch(scenario.dataset.limits).then((answer)=>answer.text()).then((most)=>{days.placeholder='1-'+most;days.disabled=false})
    .catch(()=>alert('网络异常，请重新选择'));
}
`;

export const C_STYLE = `
body{background:#d9dde6;color:#1c1c28}
.top{background:#5a4a78;color:#fff;padding:10px 14px}
.top b{display:block}
.top a{color:#fff;margin-right:16px}
.sheet{max-width:820px;margin:12px auto;background:#fff;border:1px solid #9aa0b4;padding:14px}
h1{font-size:19px;margin:0 0 10px;border-bottom:2px solid #5a4a78}
.name{display:inline-block;min-width:96px;color:#555}
.facts p{margin:4px 0}
.block{border:1px solid #9aa0b4;background:#f7f7fb;padding:10px}
.list{list-style:none;padding:0}
.list li{border:1px solid #9aa0b4;padding:10px;margin-bottom:10px}
.prose{white-space:pre-line}
.inline{display:inline}
input,select{font:inherit;padding:5px;max-width:100%}
input[type=button],input[type=submit]{padding:6px 14px;margin:4px 6px 4px 0;white-space:normal}
`;
