<#--
  What an admin reads first. In this order: the verdict in a sentence; where each path's time goes,
  what would help and what is cleared; what failed, worst first, with what to do; who is how far
  from whom; paths of which that is not known; how it went from run to run; what is not known and
  what to allow; what is well.

  All values are lists of lines that are wrapped and coloured already.
-->
<#macro show lines>
<#list lines as line>
${line}
</#list>
</#macro>
<@show summary/>
<#list budgets as budget>

<@show budget/>
</#list>
<#list failures as failure>

<@show failure/>
</#list>
<#if waived?has_content>

<@show waived/>
</#if>
<#if heatmap?has_content>

<@show heatmap/>
</#if>
<#if sites?has_content>

<@show sites/>
</#if>
<#if hosts?has_content>

<@show hosts/>
</#if>
<#if containers?has_content>

<@show containers/>
</#if>
<#if noBudgets?has_content>

<@show noBudgets/>
</#if>
<#if trends?has_content>

<@show trends/>
</#if>
<#if open?has_content>

<@show open/>
</#if>
<#if gaps?has_content>

<@show gaps/>
</#if>
<#if rest?has_content>

<@show rest/>
</#if>
