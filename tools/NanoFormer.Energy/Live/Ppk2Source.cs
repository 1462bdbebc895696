using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using NanoFormer.Energy.Traces;

namespace NanoFormer.Energy.Live;

/// <summary>
/// Nordic's Power Profiler Kit II as the source of the supply: words of 32 bits, 100,000 per second, each with a converter's value, its
/// range, a counter and the eight inputs. The file is as Power Profiler exports it.
/// </summary>
internal sealed class Ppk2Source : LiveSource
{
    private const int Baud = 115200; // of no effect: it is a USB device
    private const int Rate = 100_000;
    private const int Word = 4;
    private const int Counters = 64;
    private const int WordsToBelieve = 5;

    private readonly Ppk2Calibration _calibration;
    private readonly List<byte> _bytes = [];
    private readonly StringBuilder _row = new();
    private long _sample;
    private int _counter;

    public Ppk2Source(string port, double volts) : base(port, Baud)
    {
        if (volts is not (>= 0.8 and <= 5))
        {
            throw new EnergyException(EnergyError.BadOption, "a PPK2 supplies 0.8 to 5 V.");
        }

        Send([Ppk2Command.Stop]);
        Drain();
        Send([Ppk2Command.Metadata]);
        var text = new StringBuilder();
        while (!text.ToString().Contains("END", StringComparison.Ordinal))
        {
            text.Append(Encoding.Latin1.GetString(Receive()));
        }

        _calibration = new Ppk2Calibration(text.ToString(), volts);
        int step = (int)Math.Round(volts * 1000) - 800 + 32;
        Send([Ppk2Command.Mode, Ppk2Command.SourceMode]);
        Send([Ppk2Command.Supply, (byte)(3 + (step / 256)), (byte)(step % 256)]);
        Send([Ppk2Command.Power, 1]);
    }

    public override int Marker => 0;

    public override string Extension => "csv";

    private protected override double Seconds => (double)_sample / Rate;

    private protected override void Begin(StreamWriter file)
    {
        (_sample, _counter) = (0, -1);
        _bytes.Clear();
        _calibration.Restart();
        file.Write("Timestamp(ms),Current(uA),D0-D7\n");
        Send([Ppk2Command.Start]);
    }

    private protected override void Take(ReadOnlySpan<byte> bytes, StreamWriter file, List<TraceFinding> findings)
    {
        _bytes.AddRange(bytes);
        int at = 0;
        while (_bytes.Count - at >= Word * (WordsToBelieve + 1))
        {
            uint word = WordAt(at);
            if (_counter < 0 || CounterOf(word) == (_counter + 1) % Counters)
            {
                Write(word, file);
                at += Word;
                continue;
            }

            // Samples are lost, or bytes in the middle of one: go on where five words count on from each other.
            int shift = Enumerable.Range(0, Word).FirstOrDefault(bytesLost => CountsOn(at + bytesLost), -1);
            if (shift < 0)
            {
                at++;
                continue;
            }

            at += shift;
            int lost = (CounterOf(WordAt(at)) - _counter - 1 + (2 * Counters)) % Counters;
            _sample += lost;
            findings.Add(new TraceFinding("lost_samples", string.Create(CultureInfo.InvariantCulture, $"{lost} samples were lost at {Seconds:0.#####} s")));
            _counter = (CounterOf(WordAt(at)) + Counters - 1) % Counters;
        }

        _bytes.RemoveRange(0, at);
    }

    private protected override void End() => Send([Ppk2Command.Stop]);

    private protected override void Release() => Send([Ppk2Command.Stop]);

    private static int CounterOf(uint word) => (int)(word >> 18 & 0x3F);

    private uint WordAt(int at) => BinaryPrimitives.ReadUInt32LittleEndian([_bytes[at], _bytes[at + 1], _bytes[at + 2], _bytes[at + 3]]);

    private bool CountsOn(int at)
    {
        for (int i = 1; i < WordsToBelieve; i++)
        {
            if (CounterOf(WordAt(at + (i * Word))) != (CounterOf(WordAt(at + ((i - 1) * Word))) + 1) % Counters)
            {
                return false;
            }
        }

        return true;
    }

    private void Write(uint word, StreamWriter file)
    {
        _counter = CounterOf(word);
        double microamps = 1e6 * _calibration.Amperes((int)(word & 0x3FFF), (int)(word >> 14 & 7));
        _row.Clear().Append(CultureInfo.InvariantCulture, $"{_sample * 1000.0 / Rate:0.00},{microamps:0.000},");
        for (int pin = 0; pin < 8; pin++)
        {
            _row.Append((word >> (24 + pin) & 1) == 1 ? '1' : '0');
        }

        file.Write(_row.Append('\n'));
        _sample++;
    }
}

/// <summary>The instrument's commands, by its first byte.</summary>
internal static class Ppk2Command
{
    public const byte Start = 0x06;
    public const byte Stop = 0x07;
    public const byte Power = 0x0C;
    public const byte Supply = 0x0D;
    public const byte Mode = 0x11;
    public const byte SourceMode = 2;
    public const byte Metadata = 0x19;
}
