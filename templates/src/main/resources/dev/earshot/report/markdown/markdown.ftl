<#--
  The report as GitHub-flavoured Markdown: verdict, failures with remedies, round trips, sites and
  hosts, a budget for each path, what is not known, and, folded away, what passed.

  Text is escaped by the output format; tables and fenced code come as Markdown. One blank line
  between blocks; the only thing that changes from run to run, apart from what was measured, is the
  line with the time.
-->
# Earshot report

> [!${alert}]
> ${report.headline}

${counts}

Taken at ${report.takenAt} over a window of ${window} by Earshot ${report.earshotVersion}.
Judged by the profile ${report.profile.name}: ${report.profile.because}.
<#if report.declared?has_content>

<#list report.declared as one>
- ${one.location.file}, line ${one.location.line}: ${one.told}
</#list>
</#if>
<#if failures?has_content>

## Findings
<#list failures as failure>

### ${failure.severity}: ${failure.finding.subject.label} (${failure.finding.check})

${failure.because}.

- **Why it matters:** ${failure.finding.why}
<#if failure.finding.remedy??>
- **What to do:** ${failure.finding.remedy.summary}
</#if>
- **Should be:** ${failure.finding.title}.
<#if failure.finding.location??>
- **Declared in:** ${failure.finding.location.file}, line ${failure.finding.location.line}
</#if>
<#if failure.commands??>

To see it by hand:

${failure.commands}
</#if>
<#if failure.playbook??>

<details>
<summary>Playbook</summary>

${failure.playbook}

</details>
</#if>
</#list>
</#if>
<#if findings.waived?has_content>

## Waived

${waived}
</#if>
<#if grid?? || pairs??>

## Round trips

Milliseconds from the host on the left, the median of its pings; **bold** is more than a database may be away (2 ms), ? is not known, k is the kernel's minimum where no ping was answered.
<#if grid??>

${grid}
</#if>
<#if leftOut?has_content>

${leftOut}.
</#if>
<#if pairs??>

${pairs}
</#if>
</#if>
<#if report.sites?has_content>

## Sites

Hosts within 2 ms of each other.

${sites}
</#if>
<#if report.hosts?has_content>

## Hosts

${hosts}
</#if>
<#if budgets?has_content>

## Where a request's time goes
<#list budgets as budget>

### ${budget.label}
<#if budget.unknown??>

Not known: ${budget.unknown}.
<#if budget.distance??>

${budget.distance}
</#if>
<#else>

${budget.parts}

<#list budget.sentences as sentence>
- ${sentence}
</#list>

What would help, most first:

${budget.whatIfs}

What is suspected, and what the numbers say:

${budget.suspects}
</#if>
</#list>
</#if>
<#if findings.open?has_content || findings.unasked?has_content>

## Not known
<#if findings.open?has_content>

${open}
</#if>
<#if findings.unasked?has_content>

<details>
<summary>${findings.unasked?size} about hosts that were not reached</summary>

${unasked}

</details>
</#if>
</#if>
<#if report.troubles?has_content>

## Could not be asked

${gaps}
</#if>
<#if findings.passed?has_content>

## Passed

<details>
<summary>${findings.passed?size} passed</summary>

${passed}

</details>
</#if>
<#if findings.notApplicable?has_content>

## Not applicable

<details>
<summary>${findings.notApplicable?size} not applicable</summary>

${notApplicable}

</details>
</#if>
