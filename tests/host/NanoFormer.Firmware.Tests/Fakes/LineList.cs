using System.Text;
using NanoFormer.Runtime;

namespace NanoFormer.Firmware.Tests.Fakes;

/// <summary>Keeps the log's lines; every one must parse.</summary>
internal sealed class LineList : ILineSink
{
    public List<string> Lines { get; } = [];

    /// <summary>Called after every line.</summary>
    public Action<LogLine> OnLine { get; set; } = _ => { };

    public IEnumerable<LogLine> Records => Lines.Select(line => LogLine.Parse(line)!);

    public IEnumerable<LogLine> Of(string kind) => Records.Where(r => r.Kind == kind);

    public void WriteLine(byte[] line, int count)
    {
        string text = Encoding.ASCII.GetString(line, 0, count);
        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
        Add(text[..^2]);
    }

    private void Add(string line)
    {
        Lines.Add(line);
        var record = LogLine.Parse(line);
        Assert.NotNull(record);
        OnLine(record);
    }
}
