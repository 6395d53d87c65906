/// The report as a line for Nagios and what takes its plugins: Icinga, Naemon, Zabbix.
@NullMarked
package dev.earshot.report.nagios;

import org.jspecify.annotations.NullMarked;
