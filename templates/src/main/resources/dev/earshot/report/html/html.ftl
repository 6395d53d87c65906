<#--
  An audit as a page. In this order: the verdict and what would help most; where requests' time goes;
  who is how far from whom; how that went from run to run; who talks to whom; what was found, with
  the evidence; the hosts; what could not be asked.
-->
<#import "page.ftl" as shared>
<#macro suspected all>
<ul class="suspects">
<#list all as suspect>
<li><span class="tag ${suspect.css}">${suspect.judgement}</span> <b>${suspect.title}</b> <span class="because">${suspect.because}<#if suspect.next??>; to see it, on ${suspect.next.host}: <code>${suspect.next.command}</code></#if></span></li>
</#list>
</ul>
</#macro>
<#macro open>
<ul class="sentences">
<#list paths.unknown as path>
<li><b>${path.label}</b> ${path.because}.<#if path.distance??> ${path.distance}</#if>
<#if path.suspects?has_content>
<@suspected path.suspects/>
</#if>
</li>
</#list>
</ul>
</#macro>
<@shared.page title="Earshot report: ${report.headline}">
<header class="top">
<div class="wide">
<h1>Earshot report</h1>
<p class="meta">${hostCount} · window ${window} · taken at <time datetime="${report.takenAt}">${report.takenAt}</time> · Earshot ${report.earshotVersion}</p>
<@shared.summary/>
<p class="counts">${counts}</p>
<p class="meta">Judged by the profile ${report.profile.name}: ${report.profile.because}.</p>
<#if report.declared?has_content>
<ul class="meta">
<#list report.declared as one>
<li><code>${one.location.file}:${one.location.line}</code> ${one.told}</li>
</#list>
</ul>
</#if>
</div>
</header>
<nav class="sections" aria-label="Sections">
<div class="wide">
<a href="#diagnosis">Diagnosis</a>
<a href="#round-trips">Round trips</a>
<#if trends.groups?has_content>
<a href="#trends">Trends</a>
</#if>
<a href="#flows">Flows</a>
<a href="#findings">Findings</a>
<a href="#hosts">Hosts</a>
<#if gaps?has_content>
<a href="#troubles">Not asked</a>
</#if>
</div>
</nav>
<main class="wide">
<section id="diagnosis" aria-labelledby="diagnosis-title">
<h2 id="diagnosis-title">Diagnosis</h2>
<#if answer??>
<div class="answer">
<p class="label">What would help most</p>
<p class="change">${answer.change} <b>${answer.saves}</b></p>
<dl>
<div><dt>A request now</dt><dd>${answer.now}</dd><dd class="bars"><@shared.bar "now" "0%" "100%"/></dd><dd class="rate">${answer.nowRate} to a sender that waits</dd></div>
<div><dt>After the change</dt><dd>${answer.then}</dd><dd class="bars"><@shared.bar "then" "0%" answer.share/></dd><dd class="rate">${answer.thenRate} to a sender that waits</dd></div>
</dl>
<p class="meta">On ${answer.path}: ${answer.because}.</p>
</div>
</#if>
<#list paths.shown as path>
<article class="path">
<h3>Where a request’s time goes: ${path.label}</h3>
<div class="scroll" tabindex="0" role="region" aria-label="Parts of a request on ${path.label}">
<table class="waterfall">
<thead><tr><th scope="col">Part</th><th scope="col" class="n">Time</th><th scope="col" class="n">Share</th><th scope="col" class="grow">Of ${path.request}</th></tr></thead>
<tbody>
<#list path.parts as part>
<tr><th scope="row">${part.title}</th><td class="n">${part.time}</td><td class="n">${part.percent}</td><td><@shared.bar part.css part.start part.length/></td></tr>
</#list>
</tbody>
</table>
</div>
<ul class="sentences">
<#list path.sentences as sentence>
<li>${sentence}</li>
</#list>
</ul>
<h4>What would help, most first</h4>
<div class="scroll" tabindex="0" role="region" aria-label="What would help on ${path.label}">
<table class="changes">
<thead><tr><th scope="col">Change</th><th scope="col">Gain</th><th scope="col" class="n">A request then</th><th scope="col" class="n">A sender that waits gets</th><th scope="col" class="grow">Because</th></tr></thead>
<tbody>
<tr class="today"><th scope="row">nothing</th><td></td><td class="n">${path.request}</td><td class="n">${path.ceiling}</td><td>${path.today}</td></tr>
<#list path.changes as change>
<tr><th scope="row">${change.title}</th><td class="gain ${change.css}">${change.gain}<@shared.bar change.css "0%" change.length/></td><td class="n">${change.request}</td><td class="n">${change.ceiling}</td><td>${change.because}</td></tr>
</#list>
</tbody>
</table>
</div>
<h4>What is suspected, and what the numbers say</h4>
<@suspected path.suspects/>
</article>
</#list>
<#if paths.others?has_content>
<details class="box">
<summary>${paths.others?size} faster paths, a line each; the JSON report has their parts</summary>
<div class="scroll" tabindex="0" role="region" aria-label="Faster paths">
<table>
<thead><tr><th scope="col">Path</th><th scope="col" class="n">A request</th><th scope="col" class="n">Round trip</th><th scope="col" class="n">Calls</th><th scope="col" class="n">A sender that waits gets</th><th scope="col">Causes</th></tr></thead>
<tbody>
<#list paths.others as path>
<tr><th scope="row">${path.label}</th><td class="n">${path.request}</td><td class="n">${path.rtt}</td><td class="n">${path.calls}</td><td class="n">${path.ceiling}</td><td>${path.cause}</td></tr>
</#list>
</tbody>
</table>
</div>
</details>
</#if>
<#if paths.unknown?has_content>
<#if paths.manyUnknown()>
<details class="box">
<summary>${paths.unknown?size} paths whose requests could not be measured, the farthest first</summary>
<@open/>
</details>
<#else>
<article class="path">
<h3>Paths whose requests could not be measured</h3>
<@open/>
</article>
</#if>
</#if>
<#if !paths.shown?has_content && !paths.unknown?has_content>
<p>No way of a request to a database was seen: no host held connections to one while it was looked at.</p>
</#if>
</section>
<section id="round-trips" aria-labelledby="round-trips-title">
<h2 id="round-trips-title">Round trips</h2>
<#if heatmap?? || grid.pairs?has_content>
<p class="lead">Milliseconds<#if heatmap??> from the row to the column</#if>, the median of <#if heatmap??>its<#else>a pair’s</#if> pings; k is the kernel’s minimum where no ping was answered, t a connection that the host’s SSH server made. A database may be 2 ms away.</p>
</#if>
<#if heatmap??>
<p class="legend"><#list heatmap.legend() as key><span><svg class="swatch" aria-hidden="true"><rect class="${key.css}" width="100%" height="100%"/></svg>${key.label}</span></#list></p>
<form class="order" id="order" aria-label="Order of the heatmap" hidden>
<label>Order <select name="order"><option value="site">by site</option><option value="name">by name</option><option value="slow">slowest first</option></select></label>
<output id="cell" aria-hidden="true"></output>
</form>
<div class="scroll" tabindex="0" role="region" aria-label="Heatmap of round trips">
<svg id="heatmap" class="heatmap<#if !heatmap.figures> small</#if>" role="img" aria-label="Heatmap of round trips; the table below has its figures" width="${heatmap.width}" height="${heatmap.height}" viewBox="0 0 ${heatmap.width} ${heatmap.height}" data-cell-width="${heatmap.cellWidth}" data-cell-height="${heatmap.cellHeight}">
<g id="columns" transform="translate(${heatmap.left} ${heatmap.top})">
<#list heatmap.columns as column>
<g data-name="${column.name}" data-slow="${column.slow}" data-at="${column.at}" transform="translate(${column.at} 0)"><text transform="translate(${heatmap.cellWidth / 2 + 3} -6) rotate(-${heatmap.lean})">${column.label}</text></g>
</#list>
</g>
<g id="rows" transform="translate(${heatmap.left} ${heatmap.top})">
<#list heatmap.rows as row>
<g data-name="${row.line.name}" data-slow="${row.line.slow}" data-at="${row.line.at}" transform="translate(0 ${row.line.at})"><text class="name" x="-8" y="${heatmap.cellHeight / 2}">${row.line.label}</text>
<#list row.spots as spot>
<#if heatmap.figures>
<g class="${spot.css}" transform="translate(${spot.x} 0)"><rect width="${heatmap.cellWidth - 2}" height="${heatmap.cellHeight - 2}" rx="3"/><text x="${heatmap.cellWidth / 2 - 1}" y="${heatmap.cellHeight / 2}">${spot.text}</text></g>
<#else>
<g class="${spot.css}" transform="translate(${spot.x} 0)" data-ms="${spot.text}"><rect width="14" height="14"/></g>
</#if>
</#list>
</g>
</#list>
</g>
</svg>
</div>
</#if>
<#if grid.leftOut?has_content>
<p class="note">${grid.leftOut}.</p>
</#if>
<#if heatmap??>
<details class="box">
<summary>The same as a table</summary>
<div class="scroll" tabindex="0" role="region" aria-label="Table of round trips">
<table class="matrix">
<caption>Round trips in milliseconds, from the row to the column</caption>
<thead><tr><th scope="col">From \ to</th><#list heatmap.columns as column><th scope="col" class="n">${column.name}</th></#list></tr></thead>
<tbody>
<#list heatmap.rows as row>
<tr><th scope="row">${row.line.name}</th><#list row.spots as spot><td class="n">${(spot.css == "same")?then("–", spot.text)}</td></#list></tr>
</#list>
</tbody>
</table>
</div>
</details>
</#if>
<#if grid.pairs?has_content>
<details class="box"<#if !heatmap??> open</#if>>
<summary>${grid.pairs?size} pairs of hosts that talk to each other, the slowest first</summary>
<div class="scroll" tabindex="0" role="region" aria-label="Pairs of hosts">
<table>
<thead><tr><th scope="col">From</th><th scope="col">To</th><th scope="col" class="n">Round trip in ms</th></tr></thead>
<tbody>
<#list grid.pairs as pair>
<tr><td>${pair.from}</td><td>${pair.to}</td><td class="n">${pair.cell.text()}</td></tr>
</#list>
</tbody>
</table>
</div>
</details>
</#if>
<#if !heatmap?? && !grid.pairs?has_content && !grid.leftOut?has_content>
<p>No round trip was measured.</p>
</#if>
</section>
<#if trends.groups?has_content>
<section id="trends" aria-labelledby="trends-title">
<h2 id="trends-title">Trends</h2>
<p class="lead">${trends.lead}</p>
<#list trends.groups as group>
<div class="scroll" tabindex="0" role="region" aria-label="${group.title}">
<table class="trends">
<thead><tr><th scope="col">${group.title}</th><th scope="col">${trends.runs} runs</th><th scope="col" class="n">This run</th><th scope="col" class="n">Lowest</th><th scope="col" class="n">Highest</th></tr></thead>
<tbody>
<#list group.charts as chart>
<tr><th scope="row">${chart.row.label()}</th><td><svg class="trend" role="img" aria-label="from ${chart.row.lowest()} to ${chart.row.highest()}" width="${trends.width}" height="${trends.height}" viewBox="0 0 ${trends.width} ${trends.height}"><path d="${chart.line}"/><#list chart.dots as dot><circle cx="${dot.x()}" cy="${dot.y()}" r="2"/></#list></svg></td><td class="n">${chart.row.now}<#if chart.row.until??><br><small>last seen at ${chart.row.until}</small></#if></td><td class="n">${chart.row.lowest()}</td><td class="n">${chart.row.highest()}</td></tr>
</#list>
</tbody>
</table>
</div>
</#list>
</section>
</#if>
<section id="flows" aria-labelledby="flows-title">
<h2 id="flows-title">Flows</h2>
<#if map??>
<p class="lead">Who holds connections to whom: sites from top to bottom, roles from left to right; colours as above.</p>
<#if map.note?has_content>
<p class="note">${map.note?cap_first}.</p>
</#if>
<div class="scroll" tabindex="0" role="region" aria-label="Map of flows">
<svg class="map" role="img" aria-label="Map of flows between hosts; the table below has them all" width="${map.width}" height="${map.height}" viewBox="0 0 ${map.width} ${map.height}">
<defs>
<#list ["b0", "b1", "b2", "b3", "b4", "b5"] as band>
<marker id="head-${band}" class="head ${band}" viewBox="0 0 8 8" refX="2" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z"/></marker>
</#list>
</defs>
<#list map.titles as title>
<text class="role" x="${title.x}" y="16">${title.text}</text>
</#list>
<#list map.sites as site>
<rect class="site" x="1" y="${site.y}" width="${map.width - 2}" height="${site.height}" rx="8"/>
<text class="site" x="18" y="${site.y + 20}">${site.name}</text>
</#list>
<#list map.arrows as arrow>
<g class="arrow ${arrow.css}"><title>${arrow.title}</title><path d="${arrow.path}" stroke-width="${arrow.stroke}" marker-end="url(#head-${arrow.css})"/></g>
</#list>
<#list map.arrows?filter(arrow -> arrow.label?has_content) as arrow>
<text class="figure" x="${arrow.x}" y="${arrow.y}">${arrow.label}</text>
</#list>
<#list map.boxes as box>
<g class="host<#if box.idle> idle</#if>"><title>${box.name}</title><rect x="${box.x}" y="${box.y}" width="156" height="38" rx="6"/><text class="name" x="${box.x + 10}" y="${box.y + 16}">${box.label}</text><text class="detail" x="${box.x + 10}" y="${box.y + 31}">${box.detail}</text></g>
</#list>
</svg>
</div>
<details class="box">
<summary>The flows as a table</summary>
<div class="scroll" tabindex="0" role="region" aria-label="Table of flows">
<table>
<caption>Flows, the farthest first<#if flows.leftOut gt 0>; ${flows.leftOut} nearer ones are in the JSON report</#if></caption>
<thead><tr><th scope="col">From</th><th scope="col">To</th><th scope="col">Service</th><th scope="col" class="n">Port</th><th scope="col" class="n">Connections</th><th scope="col" class="n">Round trip</th><th scope="col" class="n">Round trips made</th></tr></thead>
<tbody>
<#list flows.rows as row>
<tr><td>${row.flow.from}</td><td>${row.flow.to}</td><td>${row.flow.service}</td><td class="n">${row.flow.port}</td><td class="n">${row.flow.connections}</td><td class="n"><i class="${row.css}"></i>${row.rtt}</td><td class="n">${row.calls}</td></tr>
</#list>
</tbody>
</table>
</div>
</details>
<#else>
<p>No host was seen to hold a connection to another.</p>
</#if>
</section>
<@shared.findings findings/>
<section id="hosts" aria-labelledby="hosts-title">
<h2 id="hosts-title">Hosts</h2>
<#if hosts?has_content>
<div class="scroll" tabindex="0" role="region" aria-label="Table of hosts">
<table class="hosts">
<thead><tr><th scope="col">Host</th><th scope="col">Address</th><th scope="col">State</th><th scope="col" class="n">Failed</th><th scope="col">Roles</th><th scope="col">Site</th><th scope="col">Place</th><th scope="col">System</th></tr></thead>
<tbody>
<#list hosts as row>
<tr><th scope="row">${row.host.name}</th><td>${row.host.address}</td><td><span class="tag ${row.host.state}">${row.host.state}</span><#if row.host.reason??> ${row.host.reason}</#if></td><td class="n">${row.failed}</td><td>${row.roles}</td><td>${row.host.site!"not known"}</td><td>${row.places}</td><td>${row.host.os!"not known"}</td></tr>
</#list>
</tbody>
</table>
</div>
<#else>
<p>There are none.</p>
</#if>
<#if containers.rows?has_content>
<details class="box">
<summary>${containerCount}</summary>
<div class="scroll" tabindex="0" role="region" aria-label="Table of containers">
<table>
<caption>Containers<#if containers.leftOut gt 0>; ${containers.leftOut} more are in the JSON report</#if></caption>
<thead><tr><th scope="col">Host</th><th scope="col">Container</th><th scope="col">State</th><th scope="col">Image</th><th scope="col">Digest</th><th scope="col">Labelled</th><th scope="col">Created</th><th scope="col">Project</th><th scope="col">Networks</th><th scope="col">Published</th><th scope="col">Limits</th></tr></thead>
<tbody>
<#list containers.rows as row>
<tr><td>${row.host}</td><th scope="row">${row.name}</th><td>${row.state}</td><td>${row.image}</td><td>${row.digest}</td><td>${row.version}</td><td>${row.created}</td><td>${row.project}</td><td>${row.networks}</td><td>${row.ports}</td><td>${row.limits}</td></tr>
</#list>
</tbody>
</table>
</div>
</details>
</#if>
</section>
<#if gaps?has_content>
<section id="troubles" aria-labelledby="troubles-title">
<h2 id="troubles-title">Could not be asked</h2>
<ul class="troubles">
<#list gaps as gap>
<li><p>${gap.reason}</p>
<p class="meta"><#if gap.hosts?size gt 1><b>${gap.hosts?size} hosts</b> </#if>${gap.hosts?join(", ")}: <#if gap.probes?has_content>${gap.probes?join(", ")}<#else>everything</#if></p></li>
</#list>
</ul>
</section>
</#if>
</main>
</@shared.page>
