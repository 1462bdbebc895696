using System.Globalization;
using System.Text;
using NanoFormer.Energy.Traces;

namespace NanoFormer.Energy.Live;

/// <summary>ST's PowerShield X-NUCLEO-LPM01A: energies of a millisecond as text, and events at falling edges of its pin D7.</summary>
internal sealed class Lpm01aSource : LiveSource
{
    private const int Baud = 3_686_400;
    private const int Rate = 1000;

    private readonly StringBuilder _line = new();
    private long _samples;
    private byte[] _rest = []; // what came together with an acknowledgement

    public Lpm01aSource(string port, double volts) : base(port, Baud)
    {
        if (volts is not (>= 1.8 and <= 3.3))
        {
            throw new EnergyException(EnergyError.BadOption, "an LPM01A supplies 1.8 to 3.3 V.");
        }

        Drain();
        string[] setup =
        [
            "htc", "acqtime inf", "trigdelay 0", "trigsrc sw", "eventsrc d7 fal", "output energy", "format ascii_dec", "freq 1k",
            string.Create(CultureInfo.InvariantCulture, $"volt {volts * 1000:0}m"), "pwr on nostatus",
        ];
        foreach (string command in setup)
        {
            Ask(command);
        }
    }

    public override int Marker => 0; // the trace has one input: high up to an event, low after it

    public override string Extension => "txt";

    private protected override double Seconds => (double)_samples / Rate;

    private protected override void Begin(StreamWriter file)
    {
        _samples = 0;
        _line.Clear();
        file.Write("output energy\nfreq 1k\n");
        Ask("start");
    }

    private protected override void Take(ReadOnlySpan<byte> bytes, StreamWriter file, List<TraceFinding> findings)
    {
        byte[] all = [.. _rest, .. bytes];
        _rest = [];
        foreach (byte value in all)
        {
            if (EndOf(value) is not { } line)
            {
                continue;
            }

            if (line.Length > 0 && (char.IsAsciiDigit(line[0]) || line.StartsWith("event", StringComparison.Ordinal) || line.StartsWith("TimeStamp", StringComparison.Ordinal)))
            {
                _samples += char.IsAsciiDigit(line[0]) ? 1 : 0;
                file.Write(line + "\n");
            }
            else if (line.Contains("error", StringComparison.OrdinalIgnoreCase))
            {
                findings.Add(new TraceFinding("instrument", line));
            }
        }
    }

    private protected override void End() => Tell("stop");

    private protected override void Release()
    {
        Tell("stop");
        Tell("hrc");
    }

    private void Tell(string command) => Send(Encoding.ASCII.GetBytes(command + "\r\n"));

    /// <summary>Sends a command and reads up to its acknowledgement.</summary>
    private void Ask(string command)
    {
        Tell(command);
        while (true)
        {
            byte[] bytes = Receive().ToArray();
            for (int i = 0; i < bytes.Length; i++)
            {
                if (EndOf(bytes[i]) is not { } line)
                {
                    continue;
                }

                if (line.Contains("error " + command, StringComparison.Ordinal))
                {
                    throw new EnergyException(EnergyError.Refused, $"the LPM01A refuses '{command}'.");
                }

                if (line.Contains("ack " + command, StringComparison.Ordinal))
                {
                    _rest = bytes[(i + 1)..];
                    return;
                }
            }
        }
    }

    /// <summary>The line that a byte ends; null while it goes on.</summary>
    private string? EndOf(byte value)
    {
        if (value != '\n')
        {
            _line.Append(value is (byte)'\r' or 0 ? "" : (char)value);
            return null;
        }

        string line = _line.ToString();
        _line.Clear();
        return line;
    }
}
