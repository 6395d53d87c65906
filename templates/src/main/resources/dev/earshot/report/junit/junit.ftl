<#--
  JUnit's XML: a suite to a host, and one for what is about no single host. A test case is a check on
  a subject; what could not be judged is skipped with its reason, what could not be asked an error.
-->
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="earshot" tests="${total.tests}" failures="${total.failures}" errors="${total.errors}" skipped="${total.skipped}">
<#list suites as suite>
  <testsuite name="${suite.name}" hostname="${suite.name}" timestamp="${timestamp}" tests="${suite.tests}" failures="${suite.failures}" errors="${suite.errors}" skipped="${suite.skipped}" time="0">
<#if suite.address??>
    <properties>
      <property name="address" value="${suite.address}"/>
    </properties>
</#if>
<#list suite.troubles as trouble>
    <testcase classname="${suite.name}" name="${trouble.probe!"can be reached"}" time="0">
      <error type="trouble" message="${trouble.reason}"/>
    </testcase>
</#list>
<#list suite.findings as finding>
    <testcase classname="${suite.name}.${finding.check}" name="${finding.subject.label}: ${finding.title}" time="0">
<#if finding.verdict == "fail">
      <failure type="${finding.severity}" message="${finding.because}">${finding.why}<#if finding.remedy??> ${finding.remedy.summary}</#if></failure>
<#elseif finding.verdict != "pass">
      <skipped message="<#if finding.waiver??>${finding.waiver.told()}; ${finding.severity}<#else>${(finding.verdict == "unknown")?then("not known", "not applicable")}</#if>: ${finding.because}"/>
</#if>
<#if finding.measured?has_content>
      <system-out><#list finding.measured as measured>${measured.name} = ${measured.value}<#if measured.limit??> (limit ${measured.limit})</#if> by ${measured.by}<#sep>; </#sep></#list></system-out>
</#if>
    </testcase>
</#list>
  </testsuite>
</#list>
</testsuites>
