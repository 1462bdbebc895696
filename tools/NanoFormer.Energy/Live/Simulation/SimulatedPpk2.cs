using System.Buffers.Binary;
using NanoFormer.Monitor.Sources;

namespace NanoFormer.Energy.Live.Simulation;

/// <summary>A Power Profiler Kit II as a source of the supply: tells its calibration, sends words of 32 bits, switches ranges by the current.</summary>
/// <param name="pty">Its port.</param>
public sealed class SimulatedPpk2(Pty pty) : SimulatedInstrument(pty)
{
    private const double VoltsPerStep = 1.8 / 163_840 * 4;
    private const int LargestValue = 0x3FFF;
    private const int RangeSwitch = 14_000;
    private const int WordsPerWrite = 256;

    private static readonly double[] Shunts = [1010.5, 99.2, 10.4, 0.97, 0.051];
    private static readonly double[] Offsets = [103, 95, 110, 98, 101]; // in steps of a quarter
    private readonly byte[] _words = new byte[4 * WordsPerWrite];
    private int _filled;
    private int _counter;
    private int _toLose, _bytesToLose;
    private int _arguments;
    private byte _command;
    private byte _high;
    private int _range;

    /// <summary>Leaves out samples, as when the host does not read in time.</summary>
    public void LoseSamples(int count) => _toLose = count;

    /// <summary>Leaves out bytes in the middle of a sample, as a bad cable does.</summary>
    public void LoseBytes(int count) => _bytesToLose = count;

    /// <summary>How often the range changed.</summary>
    public int RangeChanges { get; private set; }

    private protected override double Period => 1e-5;

    private protected override void Sample(double watts, bool isPinHigh)
    {
        if (!IsRunning)
        {
            return;
        }

        int counter = _counter++ & 0x3F;
        if (_toLose > 0)
        {
            _toLose--;
            return;
        }

        var (value, range) = Convert(watts / Volts);
        if (range != _range)
        {
            RangeChanges++;
            _range = range;
        }

        uint word = (uint)value | ((uint)range << 14) | ((uint)counter << 18) | (isPinHigh ? 1u << 24 : 0);
        BinaryPrimitives.WriteUInt32LittleEndian(_words.AsSpan(4 * _filled++), word);
        if (_filled == WordsPerWrite)
        {
            Flush();
        }
    }

    private protected override void Take(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            if (_arguments > 0)
            {
                _arguments--;
                Argument(value);
                continue;
            }

            _command = value;
            _arguments = value switch { 0x0D => 2, 0x0C or 0x11 => 1, _ => 0 };
            switch (value)
            {
                case 0x06:
                    (IsRunning, _filled) = (true, 0);
                    break;
                case 0x07:
                    IsRunning = false;
                    Flush();
                    break;
                case 0x19:
                    Send(Metadata());
                    break;
                default:
                    break;
            }
        }
    }

    private void Argument(byte value)
    {
        if (_command != 0x0D)
        {
            return;
        }

        Volts = _arguments == 0 ? (((_high - 3) * 256) + value - 32 + 800) / 1000.0 : Volts;
        _high = value;
    }

    private static string Metadata() => "Calibrated: 0\n"
        + string.Concat(Enumerable.Range(0, 5).Select(range => FormattableString.Invariant($"R{range}: {Shunts[range]}\nGS{range}: 0\nGI{range}: 1\nO{range}: {Offsets[range]}\nS{range}: 0\nI{range}: 0\nUG{range}: 1\n")))
        + "HW: 9173\nmode: 2\nIA: 56\nEND\n";

    /// <summary>The converter's value in the finest range that holds a current.</summary>
    private static (int Value, int Range) Convert(double amperes)
    {
        for (int range = 0; ; range++)
        {
            double value = (amperes * Shunts[range] / VoltsPerStep) + (Offsets[range] / 4);
            if (value < RangeSwitch || range == Shunts.Length - 1)
            {
                return ((int)Math.Clamp(Math.Round(value), 0, LargestValue), range);
            }
        }
    }

    private void Flush()
    {
        int count = _filled;
        _filled = 0; // first: a port that is unplugged takes nothing
        int lost = Math.Min(_bytesToLose, 4 * count);
        _bytesToLose -= lost;
        Send(_words.AsSpan(lost, (4 * count) - lost));
    }
}
