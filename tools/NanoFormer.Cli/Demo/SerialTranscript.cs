using System.Text;
using NanoFormer.Board;
using NanoFormer.Runtime;

namespace NanoFormer.Cli.Demo;

/// <summary>The technician's end of the serial cable: lines as they arrive, and the records read from them.</summary>
internal sealed class SerialTranscript
{
    private readonly StringBuilder _line = new();
    private readonly List<LogLine> _records = [];
    private readonly Action<string> _show;

    /// <summary>Listens to a port; every complete line is shown at once.</summary>
    public SerialTranscript(SimulatedSerialPort port, Action<string> show)
    {
        _show = show;
        port.ByteReceived += Take;
    }

    /// <summary>Records whose checksum held.</summary>
    public IReadOnlyList<LogLine> Records => _records;

    /// <summary>Lines without a valid record.</summary>
    public int TornLines { get; private set; }

    /// <summary>The records of one kind.</summary>
    public IEnumerable<LogLine> Of(string kind) => _records.Where(record => record.Kind == kind);

    private void Take(byte value)
    {
        if (value != '\n')
        {
            _line.Append((char)value);
            return;
        }

        string text = _line.ToString().TrimEnd('\r');
        _line.Clear();
        if (LogLine.Parse(text) is { } record)
        {
            _records.Add(record);
        }
        else
        {
            TornLines++;
        }

        _show(text);
    }
}
