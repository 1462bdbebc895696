using System.Globalization;
using NanoFormer.Device.Projects;
using Spectre.Console;

namespace NanoFormer.Cli.Reports;

/// <summary>Checks of the nanoFramework projects as tables.</summary>
internal static class NfprojReport
{
    /// <summary>Draws the checks, what they found, and how the build went.</summary>
    public static void Draw(NfprojOutcome outcome)
    {
        AnsiConsole.WriteLine($"{outcome.Projects.Count} projects: {string.Join(", ", outcome.Projects)}");
        DrawChecks(outcome.Checks);
        DrawFindings(outcome.Checks);
        AnsiConsole.WriteLine(BuildLine(outcome));
    }

    private static void DrawChecks(IEnumerable<CheckResult> checks)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("check", "result");
        foreach (var check in checks)
        {
            string result = check.Findings.Count == 0 ? "ok" : $"{check.Findings.Count.ToString(CultureInfo.InvariantCulture)} found";
            table.AddRow(Markup.Escape(check.Title), result);
        }

        AnsiConsole.Write(table);
    }

    private static void DrawFindings(IEnumerable<CheckResult> checks)
    {
        foreach (var finding in checks.SelectMany(check => check.Findings))
        {
            AnsiConsole.WriteLine($"{finding.Place}: {finding.Message}");
        }
    }

    private static string BuildLine(NfprojOutcome outcome) => outcome switch
    {
        { BuildExitCode: 0 } => "Built with the nanoFramework build system.",
        { BuildExitCode: { } code } => $"The build ended with exit code {code.ToString(CultureInfo.InvariantCulture)}.",
        { MissingTools.Count: > 0 } => $"Not built: missing {string.Join(", ", outcome.MissingTools)}.",
        _ => "Not built, because of what was found.",
    };
}
