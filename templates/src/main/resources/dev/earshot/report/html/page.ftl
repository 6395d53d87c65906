<#--
  What an audit's page and a plan's have in common.

  Only text and numbers are put in here; the style and the script are the files beside this one.
-->
<#macro page title>
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy?no_esc}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Earshot ${report.earshotVersion}">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<a class="skip" href="#findings">Skip to the findings</a>
<#nested>
<script>${script}</script>
</body>
</html>
</#macro>

<#macro summary>
<div class="verdict ${verdict.css}">
<p class="word">${verdict.word}</p>
<p class="headline">${report.headline}</p>
</div>
</#macro>

<#macro bar css start length>
<svg class="bar" aria-hidden="true"><rect class="track" width="100%" height="100%"/><rect class="${css}" x="${start}" width="${length}" height="100%"/></svg>
</#macro>

<#macro findings groups>
<section id="findings" aria-labelledby="findings-title">
<h2 id="findings-title">Findings</h2>
<#if groups.groups?has_content>
<form class="filters" id="filters" role="search" aria-label="Filter the findings" hidden>
<fieldset>
<legend>Verdict</legend>
<#list groups.verdicts as choice>
<label class="chip"><input type="checkbox" name="verdict" value="${choice.value}" data-count="${choice.count}"<#if choice.count == 0> disabled</#if>><span>${choice.label} <b>${choice.count}</b></span></label>
</#list>
</fieldset>
<fieldset>
<legend>Severity <small>(failed)</small></legend>
<#list groups.severities as choice>
<label class="chip"><input type="checkbox" name="severity" value="${choice.value}" checked><span><i class="dot ${choice.value}"></i>${choice.label} <b>${choice.count}</b></span></label>
</#list>
</fieldset>
<div class="fields">
<label>Host <input type="search" name="host" list="host-names" autocomplete="off" spellcheck="false" placeholder="any"></label>
<label>Text <input type="search" name="text" autocomplete="off" spellcheck="false" placeholder="words, a check, a setting"></label>
<button type="button">Reset</button>
</div>
<datalist id="host-names">
<#list groups.hosts as host>
<option value="${host}"></option>
</#list>
</datalist>
</form>
<p class="shown"><output id="shown" aria-live="polite"></output></p>
<#list groups.groups as group>
<article class="check ${group.verdict}" data-verdict="${group.verdict}">
<header>
<h3><span class="tag ${group.word?replace(" ", "-")}">${group.word}</span> <#if group.verdict == "fail"><span class="should">Should be:</span> </#if>${group.title}</h3>
<p class="why"><#if group.check?has_content><code>${group.check}</code> </#if>${group.why}</p>
<#if group.remedy??>
<p class="do"><b>Do</b> ${group.remedy}</p>
</#if>
</header>
<ul class="rows">
<#list group.rows as row>
<li data-severity="${row.severities}" data-hosts="${row.hosts}" data-count="${row.count}">
<p><b class="subject">${row.finding.subject.label}</b> ${row.because}</p>
<#if row.checks?has_content>
<p class="checks">${row.count} <#if row.count == 1>check<#else>checks</#if>: ${row.checks}</p>
</#if>
<#if row.finding.verdict == "fail" && row.finding.remedy?? && !group.remedy??>
<p class="do"><b>Do</b> ${row.finding.remedy.summary}</p>
</#if>
<#if row.finding.waiver??>
<p class="waiver"><b>Waived</b> until ${row.finding.waiver.expires} by ${row.finding.waiver.owner}: ${row.finding.waiver.reason} <code>${row.finding.waiver.location.file}:${row.finding.waiver.location.line}</code></p>
</#if>
<#if row.hasEvidence()>
<details>
<summary>Evidence<#if (row.finding.remedy.playbook)?has_content> and playbook</#if></summary>
<#if row.measured?has_content>
<h4>Measured</h4>
<ul class="measured">
<#list row.measured as measured>
<li>${measured}</li>
</#list>
</ul>
</#if>
<#if (row.finding.remedy.commands)?has_content>
<h4>To see it by hand</h4>
<pre tabindex="0"><code>${row.finding.remedy.commands?join("\n")}</code></pre>
</#if>
<#if (row.finding.remedy.playbook)?has_content>
<h4>Playbook</h4>
<pre tabindex="0"><code>${row.finding.remedy.playbook?trim}</code></pre>
</#if>
<p class="origin"><#if row.finding.location??>Declared in <code>${row.finding.location.file}:${row.finding.location.line}</code> · </#if>Key <code>${row.finding.key}</code></p>
</details>
</#if>
</li>
</#list>
</ul>
</article>
</#list>
<p class="none" id="none" hidden>No finding is like that.</p>
<#else>
<p>There are none.</p>
</#if>
</section>
</#macro>
