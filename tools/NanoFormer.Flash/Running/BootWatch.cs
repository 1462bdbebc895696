using NanoFormer.Runtime;

namespace NanoFormer.Flash;

/// <summary>Waits for a board's start in its log, and judges it.</summary>
/// <param name="model">The model it should start with.</param>
public sealed class BootWatch(ModelToFlash model)
{
    private LogLine? _head;

    /// <summary>Lines taken so far.</summary>
    public int Lines { get; private set; }

    /// <summary>Lines among them that held a record.</summary>
    public int Records { get; private set; }

    /// <summary>Takes a line of the log.</summary>
    /// <returns>The report, once the board has started; null before.</returns>
    /// <exception cref="FlashException">It started with another model, or with an error.</exception>
    public BootReport? Take(string line)
    {
        Lines++;
        if (LogLine.Parse(line) is not { } record)
        {
            return null;
        }
        Records++;
        if (record.Kind == "head")
        {
            // The first record after a start has the number 0; a repeated head belongs to a start that was missed.
            _head = record.Number("seq", -1) == 0 ? record : null;
            return null;
        }
        return _head is null ? null : Judge(_head, record);
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
            record.Text("sensor") ?? "");
        CheckModel(report);
        return report.SelfTest is "ok" or "skipped" or "NO_TEST_VECTORS"
            ? report
            : throw new FlashException(FlashError.StartFailed, $"the model's self-test on the board gave {report.SelfTest}.");
    }

    private void CheckModel(BootReport report)
    {
        string expected = Hex.Crc32(model.Crc32);
        if (report.ModelCrc32 != expected)
        {
            throw new FlashException(
                FlashError.WrongModel,
                $"the board started with the model '{report.Model}' (CRC-32 {report.ModelCrc32}) instead of '{model.Id}' ({expected}).");
        }
    }
}
