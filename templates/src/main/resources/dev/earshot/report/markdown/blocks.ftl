<#--
  What folds away in a report, where the flavour of Markdown lets it.
-->
<#macro fold title>
<#if flavour.folds()>
<details>
<summary>${title}</summary>

<#nested>

</details>
<#else>
${title}:

<#nested>
</#if>
</#macro>
