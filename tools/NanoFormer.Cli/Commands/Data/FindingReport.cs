using System.Globalization;
using System.Text.Json;
using NanoFormer.Data.Import;

namespace NanoFormer.Cli.Commands.Data;

/// <summary>What is wrong with the sources of an import, as text and as data.</summary>
internal static class FindingReport
{
    public static IEnumerable<object> Json(IReadOnlyList<Finding> findings) => findings.Select(finding => new
    {
        Kind = NameOf(finding.Kind),
        Outcome = NameOf(finding.Outcome),
        finding.Count,
        finding.Examples,
        finding.Repair,
    });

    /// <summary>The message of a refused import: every kind of fault with its count, examples and repair, one line per kind.</summary>
    public static string Refusal(string path, IReadOnlyList<Finding> findings)
    {
        var refused = findings.Where(finding => finding.Outcome == FindingOutcome.Refused).ToArray();
        string count = refused.Sum(finding => (long)finding.Count).ToString(CultureInfo.InvariantCulture);
        return string.Join(Environment.NewLine,
            [$"{count} faults in '{path}' that no option repairs; nothing was written.", .. refused.SelectMany(Lines)]);
    }

    /// <summary>Writes what was repaired or is to be known.</summary>
    public static void Write(IReadOnlyList<Finding> findings)
    {
        foreach (string? line in findings.SelectMany(Lines))
        {
            Console.Out.WriteLine(line);
        }
    }

    private static IEnumerable<string> Lines(Finding finding)
    {
        string repair = finding is { Outcome: FindingOutcome.Refused, Repair: { } option } ? $"; repair: {option}" : "";
        yield return string.Create(CultureInfo.InvariantCulture,
            $"{NameOf(finding.Kind)}: {finding.Count} {NameOf(finding.Outcome)}{repair}");
        foreach (string example in finding.Examples)
        {
            yield return $"  {example}";
        }
    }

    private static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
