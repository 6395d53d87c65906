<#--
  A plan. In this order: the verdict in a sentence; what stands in the way, worst first, with what to
  do; what is waived; what requests take; who is how far; what is not known; what is well.

  All values are lists of lines that are wrapped and coloured already.
-->
<#macro show lines>
<#list lines as line>
${line}
</#list>
</#macro>
<@show summary/>
<#list failures as failure>

<@show failure/>
</#list>
<#if waived?has_content>

<@show waived/>
</#if>
<#if forecasts?has_content>

<@show forecasts/>
</#if>
<#if routes?has_content>

<@show routes/>
</#if>
<#if open?has_content>

<@show open/>
</#if>
<#if passed?has_content>

<@show passed/>
</#if>
