using System.Globalization;
using NanoFormer.Cli.Reports;
using Spectre.Console;

namespace NanoFormer.Cli.Monitor;

/// <summary>The summary that ends <c>monitor</c>.</summary>
internal static class MonitorReport
{
    public static void Draw(MonitorSummary summary)
    {
        Console.Out.WriteLine();
        Console.Out.WriteLine(Text($"{summary.Records:N0} records in {summary.Lines:N0} lines"));
        foreach (var device in summary.Devices)
        {
            var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
            foreach (var (name, value) in Rows(device))
            {
                grid.AddRow(Markup.Escape(name), Markup.Escape(value));
            }

            Console.Out.WriteLine();
            AnsiConsole.Write(grid);
        }

        if (summary.Findings.Count == 0)
        {
            Console.Out.WriteLine();
            Console.Out.WriteLine(summary.Records > 0 ? "nothing is wrong" : "no record was read: is this a device's log (firmware/LOG-FORMAT.md)?");
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("found").RightAligned()).AddColumn("kind").AddColumn("the first, and what to do");
        foreach (var finding in summary.Findings)
        {
            table.AddRow(Markup.Escape(Text($"{finding.Count:N0}")), Markup.Escape(finding.Kind), Markup.Escape(finding.Remedy is null ? finding.Example : $"{finding.Example}\n{finding.Remedy}"));
        }

        AnsiConsole.Write(table);
    }

    private static IEnumerable<(string Name, string Value)> Rows(DeviceSummary device)
    {
        yield return ("device", device.Device);
        yield return ("firmware", Join(device.Firmware, device.Clr is null ? null : $"CLR {device.Clr}", device.Engine is null ? null : $"engine {device.Engine}"));
        yield return ("model", Join(device.Model, device.ModelCrc, device.ModelCheck, device.SelfTest is null ? null : $"self-test {device.SelfTest}"));
        yield return ("records", Text($"{device.Records:N0} of {Counted.Of(device.Boots, "boot")}, {device.LostRecords:N0} lost"));
        if (device.Windows > 0)
        {
            var labels = device.WindowsByLabel.Select(entry => Text($"{entry.Key} {entry.Value:N0}"));
            yield return ("windows", Text($"{device.Windows:N0}: {string.Join(", ", labels)}"));
            yield return ("latency", Text($"{device.LatencyMeanUs / 1000:F2} ms mean, {device.LatencyMaxUs / 1000.0:F2} ms worst"));
        }

        if (device.CollectedSamples > 0)
        {
            yield return ("collected", Text($"{device.CollectedSamples:N0} samples; ./run data import makes a data set of them"));
        }

        if (device.WakesByCause.Count > 0)
        {
            yield return ("wakes", string.Join(", ", device.WakesByCause.Select(entry => Text($"{entry.Key} {entry.Value:N0}"))));
        }

        yield return ("gaps", Text($"{device.Gaps:N0}, {device.GapSamples:N0} samples, {device.GapMs / 1000.0:F1} s"));
        if (device.Errors > 0)
        {
            yield return ("errors", Text($"{device.Errors:N0}"));
        }

        long asleep = device.SleepMs + device.DeepMs;
        long all = asleep + device.RunMs + device.CaptureMs;
        if (all > 0)
        {
            yield return ("time", Text($"{device.RunMs / 1000.0:F1} s running, {device.CaptureMs / 1000.0:F1} s capturing, {asleep / 1000.0:F1} s asleep ({(double)asleep / all:P0})"));
        }

        if (device.EstimatedMilliamps is { } current)
        {
            yield return ("battery (estimate)", Text($"{current:F2} mA mean, {device.EstimatedBatteryDays:F1} days"));
        }
    }

    private static string Join(params string?[] parts) => string.Join(", ", parts.Where(part => part is not null));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
