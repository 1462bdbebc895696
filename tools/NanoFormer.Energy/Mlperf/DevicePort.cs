using System.Diagnostics;
using System.Text;
using NanoFormer.Monitor.Sources;

namespace NanoFormer.Energy.Mlperf;

/// <summary>The host's end of MLPerf Tiny's serial protocol: asks a command, collects the lines up to <c>m-ready</c>.</summary>
/// <param name="port">The device's port, open.</param>
/// <param name="answerTime">How long an inference command may take: 30 s by the rules. Any other has a sixth of that, as there, and 5 s or more.</param>
public sealed class DevicePort(SerialSource port, TimeSpan answerTime)
{
    private const string Ready = "m-ready";
    private static readonly TimeSpan LeastCommandTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    private readonly TimeSpan _commandTime = answerTime / 6 > LeastCommandTime ? answerTime / 6 : LeastCommandTime;
    private readonly byte[] _buffer = new byte[4096];
    private readonly List<byte> _line = [];

    /// <summary>Throws away what a device said before it was asked, such as its greeting.</summary>
    public void Drain()
    {
        port.ReadUntilQuiet(_buffer, Quiet, _ => { });
        _line.Clear();
    }

    /// <summary>Sends a command and waits for its whole answer.</summary>
    /// <returns>The answer's lines without <c>m-ready</c>.</returns>
    /// <exception cref="BenchmarkException">There is none, it is torn, or the device refuses.</exception>
    /// <exception cref="IOException">The port went away.</exception>
    public IReadOnlyList<string> Ask(string command)
    {
        port.Write(Encoding.ASCII.GetBytes(command + "%"));
        var patience = command.StartsWith("infer", StringComparison.Ordinal) ? answerTime : _commandTime;
        var silence = Stopwatch.StartNew();
        var lines = new List<string>();
        while (silence.Elapsed < patience)
        {
            int count = port.Read(_buffer, CancellationToken.None);
            if (count <= 0)
            {
                continue;
            }

            silence.Restart();
            foreach (byte value in _buffer.AsSpan(0, count))
            {
                if (value != '\n')
                {
                    _line.Add(value);
                    continue;
                }

                string line = Text(command);
                if (line == Ready)
                {
                    return Checked(command, lines);
                }

                lines.Add(line);
            }
        }

        throw Missing(command, lines, patience);
    }

    private static IReadOnlyList<string> Checked(string command, List<string> lines)
    {
        string? refusal = lines.Find(line => line.StartsWith("e-[", StringComparison.Ordinal) || line.StartsWith("Supplied buffer size", StringComparison.Ordinal));
        return refusal is null
            ? lines
            : throw new BenchmarkException(BenchmarkError.DeviceError, $"the device answers '{Short(command)}' with: {refusal}");
    }

    private BenchmarkException Missing(string command, List<string> lines, TimeSpan patience)
    {
        if (_line.Count == 0 && lines.Count == 0)
        {
            return new BenchmarkException(BenchmarkError.NoAnswer,
                $"nothing came for {patience.TotalSeconds:0} s after '{Short(command)}%': is the device on, TX and RX crossed, and the port free? A slow model needs a longer --timeout.");
        }

        if (_line.Count == 0 && command.StartsWith("infer", StringComparison.Ordinal))
        {
            return new BenchmarkException(BenchmarkError.NoAnswer,
                $"the device is still at work {patience.TotalSeconds:0} s after '{lines[^1]}': fewer --inferences or a longer --timeout help, if it does not hang.");
        }

        string last = _line.Count > 0 ? Text(command) : lines[^1];
        return new BenchmarkException(BenchmarkError.TornLine, $"the answer to '{Short(command)}' stops at '{Short(last)}', without {Ready}: bytes were lost, or the device hangs.");
    }

    /// <summary>The line so far, which is then empty. At a wrong speed bytes have their high bit set or are control characters.</summary>
    private string Text(string command)
    {
        byte[] bytes = [.. _line.Where(value => value is not ((byte)'\r' or 0))];
        _line.Clear();
        return Array.TrueForAll(bytes, value => value is >= 0x20 and < 0x7F)
            ? Encoding.ASCII.GetString(bytes)
            : throw new BenchmarkException(BenchmarkError.WrongBaud, $"what answers '{Short(command)}' is no text: the device speaks at another speed; say it with --baud.");
    }

    private static string Short(string text) => text.Length > 40 ? text[..40] + "..." : text;
}
