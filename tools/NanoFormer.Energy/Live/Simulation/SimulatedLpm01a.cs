using System.Globalization;
using System.Text;
using NanoFormer.Monitor.Sources;

namespace NanoFormer.Energy.Live.Simulation;

/// <summary>An X-NUCLEO-LPM01A in energy mode at 1 kHz: acknowledges commands, sends <c>dddd-dd</c>, time stamps and events.</summary>
/// <param name="pty">Its port.</param>
public sealed class SimulatedLpm01a(Pty pty) : SimulatedInstrument(pty)
{
    private const int Rate = 1000;

    private readonly StringBuilder _command = new();
    private long _samples;
    private int _events;

    /// <summary>Leaves out the next event, as when the link is overrun.</summary>
    public bool LosesAnEvent { get; set; }

    private protected override double Period => 1.0 / Rate;

    private protected override void Sample(double watts, bool isPinHigh)
    {
        if (!IsRunning)
        {
            return;
        }

        Send(Number(watts * Period) + "\r\n");
        if (++_samples % Rate == 0)
        {
            Send(string.Create(CultureInfo.InvariantCulture, $"TimeStamp: {_samples / Rate:000}s 000ms, buff 00%\r\n"));
        }
    }

    private protected override void Mark()
    {
        if (!IsRunning)
        {
            return;
        }

        int number = _events++;
        if (LosesAnEvent)
        {
            LosesAnEvent = false;
            return;
        }

        Send(string.Create(CultureInfo.InvariantCulture, $"event {number} ris\r\n"));
    }

    private protected override void Take(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            if (value is not ((byte)'\r' or (byte)'\n'))
            {
                _command.Append((char)value);
            }
            else if (value == '\n' && _command.Length > 0)
            {
                Execute(_command.ToString());
                _command.Clear();
            }
        }
    }

    /// <summary>Four digits and a power of ten.</summary>
    private static string Number(double value)
    {
        if (!(value > 0))
        {
            return "0000-09";
        }

        int exponent = (int)Math.Floor(Math.Log10(value)) - 3;
        long digits = (long)Math.Round(value / Math.Pow(10, exponent));
        (digits, exponent) = digits == 10_000 ? (1000, exponent + 1) : (digits, exponent);
        return string.Create(CultureInfo.InvariantCulture, $"{digits:0000}{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
    }

    private void Execute(string command)
    {
        string[] words = command.Split(' ');
        if (words is ["volt", [.. var digits, 'm']] && int.TryParse(digits, CultureInfo.InvariantCulture, out int millivolts))
        {
            if (millivolts is < 1800 or > 3300)
            {
                Send($"PowerShield > error {command}\r\nError detail: out of range\r\n");
                return;
            }

            Volts = millivolts / 1000.0;
        }

        Send($"PowerShield > ack {command}\r\n");
        switch (words[0])
        {
            case "start":
                (_samples, _events, IsRunning) = (0, 0, true);
                break;
            case "stop":
                IsRunning = false;
                Send("PowerShield > Acquisition completed\r\n");
                break;
            default:
                break;
        }
    }
}
