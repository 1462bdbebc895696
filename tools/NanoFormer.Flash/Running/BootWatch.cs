using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NanoFormer.Interop;
using NanoFormer.Runtime;

namespace NanoFormer.Flash;

/// <summary>Waits for a board's start in its log, and judges it.</summary>
/// <param name="plan">What was written.</param>
/// <param name="written">When the flasher had ended, on the clock of <see cref="BoardLine.Milliseconds"/>.</param>
public sealed partial class BootWatch(FlashPlan plan, long written)
{
    /// <summary>
    /// The flasher restarts the board as the last it does. An older start is one between two steps, of an application half replaced.
    /// </summary>
    private const int RestartMilliseconds = 2000;

    private const string Remedy = "nfproj/ESP32-MPU6050.md tells what to do when a board stays silent.";

    private LogLine? _before;
    private LogLine? _head;
    private LogLine? _boot;
    private bool _isTorn;
    private int _lines;
    private int _records;

    /// <summary>Takes a line of the log.</summary>
    /// <returns>The report, once the board has started; null before.</returns>
    /// <exception cref="FlashException">It started with another application or model, or with an error.</exception>
    public BootReport? Take(BoardLine line)
    {
        _lines++;
        var record = LogLine.Parse(line.Text);
        if (record is null)
        {
            _isTorn |= IsNew(line) && line.Text.Contains($"{LogLine.Tag} head ", StringComparison.Ordinal);
            return null;
        }

        _records++;
        if (!IsNew(line))
        {
            _before = record.Kind == "head" ? record : _before;
            return null;
        }

        return record.Kind == "head" ? TakeHead(record) : _head is null ? TakeHeadless(record) : Judge(_head, record);
    }

    /// <summary>Why no start was seen.</summary>
    public FlashException Failure()
    {
        string counts = string.Create(CultureInfo.InvariantCulture, $"{_lines} lines, {_records} of them records");
        if (_isTorn)
        {
            return new FlashException(
                FlashError.TornHead,
                $"the board started, but its head record came damaged ({counts}), so that its model is not known: press its reset "
                + "button within the time of --timeout; if it happens again, shorten the cable and see to its ground.");
        }

        return new FlashException(FlashError.NoBootLine, _lines == 0
            ? $"no boot record came: the log is silent (0 lines). Look at the wire from the board's TX and at the ground. {Remedy}"
            : _records == 0 ? $"no boot record came: {counts}; this is not the log's port, or its speed is not 115200 baud. {Remedy}"
            : $"no boot record came: {counts}; {Running()} Press the board's reset button. {Remedy}");
    }

    private string Running() => _before is null
        ? "the application runs, but its start was not seen."
        : $"before, {_before.Text("fw")} ran on nanoCLR {_before.Text("clr") ?? "of unknown version"}.";

    private bool IsNew(BoardLine line) => line.Milliseconds >= written - RestartMilliseconds;

    private BootReport? TakeHead(LogLine head)
    {
        if (head.Number("seq", -1) == 0)
        {
            (_head, _boot, _isTorn) = (head, null, false);
            return null;
        }
        // A repeated head: it belongs to a start that was missed, unless only that start's own head was torn.
        return _boot is not null ? Judge(head, _boot) : null;
    }

    private BootReport? TakeHeadless(LogLine record)
    {
        _boot = _isTorn && record.Kind == "boot" ? record : _boot;
        return null;
    }

    private BootReport? Judge(LogLine head, LogLine record)
    {
        if (record.Kind == "error" && record.Text("detail") == "start")
        {
            throw new FlashException(
                FlashError.StartFailed,
                $"the application started, but could not open its model or a port: {record.Text("code")}.");
        }

        if (record.Kind != "boot")
        {
            return null;
        }

        var report = new BootReport(
            head.Text("fw") ?? "",
            head.Text("model") ?? "",
            head.Text("model_crc") ?? "",
            record.Text("self_test") ?? "",
            record.Text("sensor") ?? "",
            head.Text("dev"),
            head.Text("clr"),
            head.Text("engine"));
        CheckApplication(report);
        CheckModel(report);
        return report.SelfTest is "ok" or "skipped" or "NO_TEST_VECTORS"
            ? report with { Warnings = [.. Warnings(report)] }
            : throw new FlashException(FlashError.StartFailed, $"the model's self-test on the board gave {report.SelfTest}.");
    }

    private void CheckApplication(BootReport report)
    {
        string[] names = [.. ApplicationName().Matches(Encoding.Latin1.GetString(plan.Application.File.Bytes)).Select(name => name.Value)];
        if (names.Length > 0 && !names.Contains(report.Firmware))
        {
            throw new FlashException(
                FlashError.OldApplication,
                $"the board runs {report.Firmware} (nanoCLR {report.Clr ?? "unknown"}, engine {report.Engine ?? "unknown"}), but "
                + $"'{plan.Application.File.Path}' is {names[0]}: what was written is not what starts. Compare the addresses with those of "
                + "--dry-run; then start over as nfproj/FLASHING.md says under Recovery.");
        }
    }

    private void CheckModel(BootReport report)
    {
        string expected = Hex.Crc32(plan.Request.Model.Crc32);
        if (report.ModelCrc32 != expected)
        {
            throw new FlashException(
                FlashError.WrongModel,
                $"the board started with the model '{report.Model}' (CRC-32 {report.ModelCrc32}) instead of "
                + $"'{plan.Request.Model.Id}' ({expected}).");
        }
    }

    private IEnumerable<string> Warnings(BootReport report)
    {
        if (report.Engine is { } engine && engine != EngineVersion.Text)
        {
            yield return $"the application was built for version {engine} of the engine, this workbench is of version {EngineVersion.Text}.";
        }

        if (report.Clr is null || report.Engine is null)
        {
            yield return "the board's head names no version of nanoCLR or engine: its application is older than this workbench.";
        }
        else if (plan.Firmware is { } firmware && _before?.Text("clr") == report.Clr)
        {
            yield return $"nanoCLR is of version {report.Clr} as it was before. If '{firmware.File.Path}' is of another, the old firmware still "
                + "runs: start over as nfproj/FLASHING.md says under Recovery.";
        }
    }

    [GeneratedRegex(@"nanoformer-[a-z]+/\d+(\.\d+)*")]
    private static partial Regex ApplicationName();
}
