/** Script and style of layout B. */

export const B_SCRIPT = `
const layer=document.getElementById('layer'),inside=document.getElementById('inside'),note=document.getElementById('note');
const MARK={'X-Requested-With':'XMLHttpRequest'};
let changed=false;
function reveal(id){document.getElementById(id).hidden=false}
function hide(){if(changed)location.reload();else layer.hidden=true}
function say(text,isGood=false){note.textContent=text;note.className=isGood?'good':''}
async function show(href,text=''){
  layer.hidden=false;say(text,true);
  try{
    const answer=await fetch(href,{headers:MARK});
    if(answer.status===401)return location.assign(LIST);
    inside.innerHTML=await answer.text();
  }catch{say('网络异常，请稍后再试')}
}
function send(form){
  const request=new XMLHttpRequest(),button=form.querySelector('button');
  request.open('POST',form.dataset.href);
  request.setRequestHeader('X-Requested-With',MARK['X-Requested-With']);
  request.setRequestHeader('Content-Type','application/x-www-form-urlencoded');
  button.disabled=true;
  request.onload=()=>{
    button.disabled=false;
    if(request.status===401)return location.assign(LIST);
    let answer;
    try{answer=JSON.parse(request.responseText)}catch{answer={message:'网站的答复无法识别，请重新打开此证书，查看是否已提交'}}
    if(!answer.ok)return say(answer.message);
    changed=true;show(answer.next,answer.message);
  };
  request.onerror=()=>say('没有收到网站的答复，请重新打开此证书，查看是否已提交');
  const fields=new URLSearchParams(new FormData(form));
  fields.set('token',form.dataset.token);
  request.send(fields);
  return false;
}
for(const one of document.querySelectorAll('[role=button]'))one.onkeydown=(event)=>{if(event.key==='Enter')one.click()};
const qr=document.getElementById('qr');
if(qr)setTimeout(()=>location.replace(qr.dataset.href),3000);
`;

export const B_STYLE = `
body{background:#f1f4f6;color:#1d2b33}
header{background:#0d6b6b;padding:14px 20px}header a{color:#fff;text-decoration:none;font-size:18px}
main{max-width:960px;margin:0 auto;padding:16px}
h1{font-size:22px}h2{font-size:19px}h3{margin:0 0 8px;font-size:17px}
.tiles{display:flex;flex-wrap:wrap;gap:12px}
.tile{flex:1 1 200px;background:#fff;border-left:6px solid #0d6b6b;padding:22px 16px;font-size:18px;cursor:pointer}
.quiet{opacity:.6}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(260px,1fr));gap:14px}
.card{background:#fff;border-radius:10px;padding:16px;box-shadow:0 1px 4px #0002}
.narrow{max-width:420px;margin:0 auto}
.narrow input{width:100%;padding:8px;font-size:16px}
dl{margin:0}dl div{display:flex;gap:8px}dt{flex:0 0 92px;color:#5c6b73}dd{margin:0}
.button{display:inline-block;background:#0d6b6b;color:#fff;border:0;border-radius:6px;padding:8px 16px;margin:4px 8px 4px 0;font:inherit;text-decoration:none;cursor:pointer}
.button.quiet{background:#6b7780;opacity:1}
.button:disabled{opacity:.5}
.inline{display:inline}
.choice{display:inline-block;padding:6px 0}
fieldset{border:1px solid #cdd6da;margin:12px 0}
.block{margin:12px 0;padding:12px;background:#eef5f5}
.prose{white-space:pre-line}
.help{margin-top:14px}
.help ol{padding-left:22px}
#layer{position:fixed;inset:0;background:#0008;display:grid;place-items:center;padding:12px;z-index:5}
#layer[hidden]{display:none}
.box{position:relative;background:#fff;border-radius:10px;width:100%;max-width:560px;max-height:92vh;overflow:auto;padding:18px}
.close{position:absolute;top:8px;right:14px;font-size:26px;cursor:pointer}
#note{color:#a3261e;font-weight:bold;margin:0}
#note.good{color:#0d6b6b}
`;
