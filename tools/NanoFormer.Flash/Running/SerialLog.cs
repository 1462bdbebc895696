using System.IO.Ports;
using System.Text;

namespace NanoFormer.Flash;

/// <summary>The lines that a board writes to a serial port, by firmware/LOG-FORMAT.md: 115200 baud, 8N1.</summary>
public static class SerialLog
{
    /// <summary>Speed in baud.</summary>
    public const int BaudRate = 115200;

    private const int PollMilliseconds = 200;
    private const int LongestLine = 4096;

    /// <summary>Reads lines as they arrive, until a time is over.</summary>
    /// <param name="portName">COM5, /dev/ttyUSB1, ...</param>
    /// <param name="duration">How long to listen.</param>
    /// <exception cref="IOException">The port cannot be opened or was unplugged.</exception>
    public static IEnumerable<string> Lines(string portName, TimeSpan duration)
    {
        using var port = new SerialPort(portName, BaudRate) { ReadTimeout = PollMilliseconds };
        port.Open();
        var line = new StringBuilder();
        long end = Environment.TickCount64 + (long)duration.TotalMilliseconds;
        while (Environment.TickCount64 < end)
        {
            if (ReadByte(port) is not { } value)
            {
                continue;
            }
            if (value != '\n' && line.Length < LongestLine)
            {
                line.Append((char)value);
                continue;
            }
            yield return line.ToString().TrimEnd('\r');
            line.Clear();
        }
    }

    private static int? ReadByte(SerialPort port)
    {
        try
        {
            return port.ReadByte() is >= 0 and var value ? value : null;
        }
        catch (TimeoutException)
        {
            return null;
        }
    }
}
