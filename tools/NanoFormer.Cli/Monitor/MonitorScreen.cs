using System.Globalization;
using NanoFormer.Logs;
using NanoFormer.Monitor.Live;
using NanoFormer.Monitor.Sources;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NanoFormer.Cli.Monitor;

/// <summary>The live view in a terminal: a table of devices, their timelines, and the findings with their remedies.</summary>
internal sealed class MonitorScreen(LiveSession live, SessionFiles? sessions)
{
    private const int RefreshMilliseconds = 200;
    private const int FindingsShown = 8;
    private const int TimelineWidth = 60;
    private const string Help = "q quit   e next error   f filter   p pause   m mark";

    private static readonly string[] Filters = ["all", "warnings and errors", "errors"];
    private static readonly Color[] Colors =
        [Color.Green, Color.Blue, Color.Yellow, Color.Magenta1, Color.Aqua, Color.Orange1, Color.Red, Color.Grey];

    private readonly Dictionary<string, int> _labels = [];
    private bool _isPaused;
    private int _filter;
    private long _selected;
    private string _note = Help;

    /// <summary>Draws until the user quits or all is read.</summary>
    public void Run(Func<bool> isDone, CancellationTokenSource end)
    {
        AnsiConsole.Live(Draw()).AutoClear(true).Start(context =>
        {
            while (!end.IsCancellationRequested && !isDone())
            {
                while (Console.KeyAvailable)
                {
                    Press(Console.ReadKey(intercept: true), end);
                }

                if (!_isPaused)
                {
                    context.UpdateTarget(Draw());
                    context.Refresh();
                }

                end.Token.WaitHandle.WaitOne(RefreshMilliseconds);
            }
        });
    }

    private void Press(ConsoleKeyInfo key, CancellationTokenSource end)
    {
        switch (key.KeyChar)
        {
            case 'q':
                end.Cancel();
                break;
            case 'p' or ' ':
                _isPaused = !_isPaused;
                break;
            case 'f':
                _filter = (_filter + 1) % Filters.Length;
                _note = $"showing {Filters[_filter]}   {Help}";
                break;
            case 'm':
                sessions?.Note(string.Create(CultureInfo.InvariantCulture, $"mark {DateTime.Now:HH:mm:ss}"));
                _note = sessions is null ? "no session file keeps the mark" : $"marked {DateTime.Now:HH:mm:ss}";
                break;
            case 'e':
                SelectNextError();
                break;
        }
    }

    private void SelectNextError()
    {
        lock (live.Lock)
        {
            var errors = live.Findings.Where(entry => entry.Finding.Weight == FindingWeight.Error).ToArray();
            _selected = errors.FirstOrDefault(entry => entry.Number > _selected).Number is > 0 and var next
                ? next
                : errors.FirstOrDefault().Number;
            _note = _selected == 0 ? $"no errors   {Help}" : Help;
        }
    }

    private Rows Draw()
    {
        lock (live.Lock)
        {
            var parts = new List<IRenderable> { Devices() };
            foreach (var view in live.Devices.Where(view => view.Spans.Count > 0))
            {
                parts.Add(Timeline(view));
            }

            parts.Add(Findings());
            parts.Add(new Text(_note, Color.Grey));
            return new Rows(parts);
        }
    }

    private Table Devices()
    {
        var table = new Table().Border(TableBorder.Simple).Expand();
        foreach (string? column in new[] { "device", "state", "label", "conf", "score", "latency", "windows", "lost", "boots", "battery", "model" })
        {
            table.AddColumn(new TableColumn(column).NoWrap());
        }

        if (live.Devices.Count == 0)
        {
            table.AddRow("waiting for the first record");
        }

        foreach (var view in live.Devices)
        {
            var totals = view.Totals();
            var power = live.Board is { } board ? PowerEstimate.Of(totals, board) : null;
            var latest = view.Latest;
            table.AddRow(
                new Text(view.Name),
                new Text(view.Priority?.ToUpperInvariant() ?? view.Phase.ToString().ToLowerInvariant(), view.IsAlarmed ? Color.Red : Style.Plain),
                latest is { } answer ? new Text(answer.Label, ColorOf(answer.Label)) : new Text(""),
                new Text(latest is { } a ? Format($"{a.Confidence / 2.55:F0} %") : ""),
                new Text(latest is { Score: >= 0 } s ? Format($"{s.Score}") : ""),
                new Text(latest is { } l ? Format($"{l.LatencyMicroseconds / 1000.0:F1} ms") : ""),
                new Text(Format($"{totals.Windows}")),
                new Text(Format($"{view.Lost}"), view.Lost > 0 ? Color.Yellow : Style.Plain),
                new Text(Format($"{view.Device.Boots.Count}")),
                new Text(power is null ? "" : Format($"{power.BatteryDays:F1} d, {power.Milliamps:F2} mA (estimate)")),
                new Text(view.Device.Model ?? "", view.ModelCheck?.Contains("but", StringComparison.Ordinal) == true ? Color.Red : Style.Plain));
        }

        return table;
    }

    /// <summary>The last labels, a mark for a window or more.</summary>
    private Markup Timeline(DeviceView view)
    {
        var spans = view.Spans.TakeLast(TimelineWidth).ToArray();
        long windows = spans.Sum(span => span.Windows);
        double each = Math.Max(1, (double)windows / TimelineWidth);
        string marks = string.Concat(spans.Select(span =>
            $"[{ColorOf(span.Label).ToMarkup()}]{new string('█', (int)Math.Max(1, Math.Round(span.Windows / each)))}[/]"));
        string legend = string.Join(" ", spans.Select(span => span.Label).Distinct().Select(label => $"[{ColorOf(label).ToMarkup()}]■[/] {Markup.Escape(label)}"));
        return new Markup($"{Markup.Escape(view.Name)}  {marks}  {legend}");
    }

    private IRenderable Findings()
    {
        var shown = live.Findings.Where(entry => (int)entry.Finding.Weight >= _filter).ToArray();
        if (shown.Length == 0)
        {
            return new Text("nothing found so far", Color.Grey);
        }

        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        var selected = shown.FirstOrDefault(entry => entry.Number == _selected);
        foreach (var (number, finding) in shown.TakeLast(FindingsShown).Append(selected).Where(entry => entry.Finding is not null).DistinctBy(entry => entry.Number))
        {
            var style = finding.Weight switch { FindingWeight.Error => Color.Red, FindingWeight.Warning => Color.Yellow, _ => Color.Grey };
            grid.AddRow(new Text(number == _selected ? "> " : "  ", style), new Text(finding.Text, style));
            if (finding.Remedy is { } remedy && (number == _selected || number == shown[^1].Number))
            {
                grid.AddRow(new Text(""), new Text(remedy, new Style(decoration: Decoration.Italic)));
            }
        }

        return grid;
    }

    private Color ColorOf(string label)
    {
        if (!_labels.TryGetValue(label, out int index))
        {
            _labels.Add(label, index = _labels.Count);
        }

        return Colors[index % Colors.Length];
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
