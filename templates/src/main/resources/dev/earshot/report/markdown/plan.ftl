<#--
  A plan as Markdown: verdict, what stands in the way with remedies, what is waived,
  what requests take, distances, what is not known, what is well.
-->
<#include "blocks.ftl">
# Earshot plan: ${report.move.label}

<#if flavour.hasAlerts()>
> [!${alert}]
</#if>
> **${verdict}.** ${report.headline}

Judged ${report.stage} the move, on evidence taken at ${report.takenAt} over a window of ${window}, by Earshot ${report.earshotVersion}.
<#if failures?has_content>

## What stands in the way
<#list failures as failure>

### ${failure.severity}: ${failure.finding.subject.label} (${failure.finding.check})

${failure.because}.

- **Why it matters:** ${failure.finding.why}
<#if failure.finding.remedy??>
- **What to do:** ${failure.finding.remedy.summary}
</#if>
- **Should be:** ${failure.finding.title}.
<#if failure.playbookOf??>
- **Playbook:** the one of ${failure.playbookOf}, above.
</#if>
<#if failure.commands??>

To see it by hand:

${failure.commands}
</#if>
<#if failure.playbook??>

<@fold failure.playbookTitle>
<#if flavour.isFormatted()>
<!-- prettier-ignore -->
</#if>
${failure.playbook}
</@fold>
</#if>
</#list>
</#if>
<#if hasWaived>

## Waived

${waived}
</#if>
<#if report.forecasts?has_content>

## What a request takes

${forecasts}
</#if>
<#if report.routes?has_content>

## What the work talks to

${routes}
</#if>
<#if hasOpen>

## Not known

${open}
</#if>
<#if hasPassed>

## Passed

${passed}
</#if>
