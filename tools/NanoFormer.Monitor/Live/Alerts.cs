using System.Diagnostics;
using System.Globalization;
using System.Text;
using NanoFormer.Logs;

namespace NanoFormer.Monitor.Live;

/// <summary>
/// Runs a command when a condition begins to hold for a device. What the record says reaches the command in environment variables, never
/// in its text, so that a label cannot become a command.
/// </summary>
/// <param name="condition">The condition.</param>
/// <param name="command">For the system's shell; null to count only.</param>
/// <param name="tell">Gets a line for each alert.</param>
public sealed class Alerts(Condition condition, string? command, Action<string> tell) : ISessionSink
{
    private readonly Dictionary<Device, bool> _held = [];
    private Process? _running;

    /// <summary>How often the condition began to hold.</summary>
    public long Raised { get; private set; }

    /// <inheritdoc/>
    public void Take(scoped in LogRecord record, Boot boot)
    {
        if (condition.Holds(record, boot.Device.Name) is not { } holds)
        {
            return;
        }

        bool held = _held.GetValueOrDefault(boot.Device);
        _held[boot.Device] = holds;
        if (!holds || held)
        {
            return;
        }

        Raised++;
        tell(string.Create(CultureInfo.InvariantCulture, $"alert: {boot.Device.Name}: {Encoding.ASCII.GetString(record.Text)}"));
        Run(record, boot.Device.Name);
    }

    /// <inheritdoc/>
    public void Take(Finding finding)
    {
    }

    /// <summary>Waits for a command that still runs.</summary>
    public void End() => _running?.WaitForExit();

    private void Run(LogRecord record, string device)
    {
        if (command is null)
        {
            return;
        }

        if (_running is { HasExited: false })
        {
            tell("alert: the command of the alert before still runs; it is not started again");
            return;
        }

        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "cmd.exe" : "/bin/sh") { UseShellExecute = false };
        start.ArgumentList.Add(OperatingSystem.IsWindows() ? "/c" : "-c");
        start.ArgumentList.Add(command);
        start.Environment["NF_DEVICE"] = device;
        start.Environment["NF_KIND"] = record.KindName;
        start.Environment["NF_RECORD"] = Encoding.ASCII.GetString(record.Text);
        foreach (var field in record)
        {
            int equals = field.IndexOf((byte)'=');
            start.Environment["NF_" + Encoding.ASCII.GetString(field[..equals]).ToUpperInvariant()] = Encoding.ASCII.GetString(field[(equals + 1)..]);
        }

        try
        {
            _running?.Dispose();
            _running = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            tell($"alert: the command cannot be started: {exception.Message}");
        }
    }
}

/// <summary>Hands everything to several sinks.</summary>
/// <param name="sinks">The sinks, in order.</param>
public sealed class SinkList(IReadOnlyList<ISessionSink> sinks) : ISessionSink
{
    /// <inheritdoc/>
    public void Take(scoped in LogRecord record, Boot boot)
    {
        foreach (var sink in sinks)
        {
            sink.Take(record, boot);
        }
    }

    /// <inheritdoc/>
    public void Take(Finding finding)
    {
        foreach (var sink in sinks)
        {
            sink.Take(finding);
        }
    }

    /// <inheritdoc/>
    public void TakeText(ReadOnlySpan<byte> line, long number)
    {
        foreach (var sink in sinks)
        {
            sink.TakeText(line, number);
        }
    }

    /// <inheritdoc/>
    public void End()
    {
        foreach (var sink in sinks)
        {
            sink.End();
        }
    }
}
