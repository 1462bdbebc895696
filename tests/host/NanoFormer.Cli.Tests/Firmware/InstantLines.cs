using System.Text;
using NanoFormer.Runtime;

namespace NanoFormer.Cli.Tests.Firmware;

/// <summary>Takes a log's lines in no time, so that what is logged does not change when the firmware does what.</summary>
internal sealed class InstantLines : ILineSink
{
    private readonly List<string> _lines = [];

    /// <summary>The lines, without line ends.</summary>
    public IReadOnlyList<string> Lines => _lines;

    public void WriteLine(byte[] line, int count) => _lines.Add(Encoding.ASCII.GetString(line, 0, count - 2));
}
