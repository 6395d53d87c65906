<#--
  A plan as a page. In this order: the verdict; what requests take; what the work talks to, and how
  far that is; what was found.
-->
<#import "page.ftl" as shared>
<@shared.page title="Earshot plan: ${report.move.label}">
<header class="top">
<div class="wide">
<h1>Earshot plan: ${report.move.label}</h1>
<p class="meta">Judged ${report.stage} the move · window ${window} · taken at <time datetime="${report.takenAt}">${report.takenAt}</time> · Earshot ${report.earshotVersion}</p>
<@shared.summary/>
</div>
</header>
<main class="wide">
<#if forecasts?has_content>
<section aria-labelledby="forecasts-title">
<h2 id="forecasts-title">What a request takes</h2>
<#list forecasts as forecast>
<div class="answer">
<p class="change path">${forecast.path}</p>
<dl>
<div><dt>Measured</dt><dd>${forecast.before}</dd><dd class="bars"><@shared.bar "now" "0%" forecast.beforeLength/></dd></div>
<div><dt>Predicted</dt><dd>${forecast.after}</dd><dd class="bars"><@shared.bar "then" "0%" forecast.afterLength/></dd></div>
</dl>
<p class="meta">${forecast.because}</p>
</div>
</#list>
</section>
</#if>
<#if routes?has_content>
<section aria-labelledby="routes-title">
<h2 id="routes-title">What the work talks to</h2>
<div class="scroll" tabindex="0" role="region" aria-label="What the work talks to">
<table>
<thead><tr><th scope="col">Peer</th><th scope="col">Service</th><th scope="col" class="n">Connections</th><#if report.stage == "before"><th scope="col" class="n">From ${report.move.from}</th></#if><th scope="col" class="n">From ${report.move.to}</th><#if report.stage == "before"><th scope="col">Difference</th></#if><th scope="col">Measured by</th></tr></thead>
<tbody>
<#list routes as route>
<tr><th scope="row">${route.row.direction} ${route.row.peer}</th><td>${route.row.service} ${route.row.port}</td><td class="n">${route.row.connections}</td><#if report.stage == "before"><td class="n">${route.before}</td></#if><td class="n"><i class="${route.css}"></i>${route.after}</td><#if report.stage == "before"><td>${route.row.difference!"not known"}</td></#if><td>${route.row.rttAfterBy!"not measured"}</td></tr>
</#list>
</tbody>
</table>
</div>
</section>
</#if>
<@shared.findings findings/>
<#if report.troubles?has_content>
<section aria-labelledby="troubles-title">
<h2 id="troubles-title">Could not be asked</h2>
<ul class="troubles">
<#list report.troubles as trouble>
<li><p>${trouble.reason}</p>
<p class="meta">${trouble.host}: ${trouble.probe!"everything"}</p></li>
</#list>
</ul>
</section>
</#if>
</main>
</@shared.page>
