using System.Diagnostics;
using System.IO.Ports;

namespace NanoFormer.Monitor.Sources;

/// <summary>A serial port; it may be plugged in later, and unplugged and plugged in again.</summary>
/// <param name="name">COM5, /dev/ttyUSB0, a link below /dev/serial/by-id; null for the port that was plugged in last.</param>
/// <param name="baudRate">Bits per second.</param>
public sealed class SerialSource(string? name, int baudRate) : ISource
{
    /// <summary>Baud rate of the log, by firmware/LOG-FORMAT.md.</summary>
    public const int LogBaudRate = 115200;

    private const int PollMilliseconds = 200;
    private const int PauseMilliseconds = 5;
    private const int ReadMilliseconds = 10_000;

    private readonly byte[] _chunk = new byte[4096];
    private SerialPort? _port;
    private string? _opened;

    /// <inheritdoc/>
    public string Name => name ?? _opened ?? "the newest port";

    /// <inheritdoc/>
    public bool IsLive => true;

    /// <inheritdoc/>
    public string? Port => Path.GetFileName(name ?? _opened);

    /// <summary>Whether the other end sends only to a terminal that says it is ready, as USB instruments do.</summary>
    public bool RaisesDtr { get; init; }

    /// <inheritdoc/>
    public void Open()
    {
        Dispose();
        _opened = name ?? SerialPorts.Newest() ?? throw new IOException("there is no serial port; plug the cable in");
        if (!OperatingSystem.IsWindows() && !File.Exists(_opened))
        {
            throw new IOException($"{_opened} is not there");
        }

        string target = OperatingSystem.IsWindows() ? _opened : File.ResolveLinkTarget(_opened, returnFinalTarget: true)?.FullName ?? _opened;
        var port = new SerialPort(target, baudRate)
        {
            ReadTimeout = ReadMilliseconds,
            WriteTimeout = ReadMilliseconds,
            DtrEnable = RaisesDtr && OperatingSystem.IsWindows(), // elsewhere opening a port raises it
        };
        try
        {
            port.Open();
            _port = port;
        }
        catch (Exception exception) when (exception is not UnauthorizedAccessException)
        {
            port.Dispose();
            throw new IOException($"{_opened}: {exception.Message}", exception);
        }
    }

    /// <summary>Reads what is there.</summary>
    /// <remarks>
    /// It is asked for only when something is there: a read that times out at the moment at which bytes come in takes them along
    /// (System.IO.Ports on Unix completes a request that was cancelled meanwhile).
    /// </remarks>
    public int Read(Span<byte> buffer, CancellationToken stop)
    {
        try
        {
            for (int waited = 0; _port!.BytesToRead == 0; waited += PauseMilliseconds)
            {
                if (waited >= PollMilliseconds || stop.IsCancellationRequested)
                {
                    return IsGone() ? throw new IOException($"{Name} was unplugged") : -1;
                }

                Thread.Sleep(PauseMilliseconds);
            }

            int count = _port.Read(_chunk, 0, Math.Min(_chunk.Length, buffer.Length));
            if (count <= 0)
            {
                throw new IOException($"{Name} was unplugged");
            }

            _chunk.AsSpan(0, count).CopyTo(buffer);
            return count;
        }
        catch (TimeoutException)
        {
            return -1;
        }
        catch (Exception exception) when (exception is InvalidOperationException or UnauthorizedAccessException or OperationCanceledException)
        {
            throw new IOException($"{Name} was unplugged", exception);
        }
    }

    /// <summary>Reads until nothing has come for a while.</summary>
    /// <param name="buffer">Gets the bytes, from its start each time.</param>
    /// <param name="quiet">How long nothing must come.</param>
    /// <param name="take">Told how many bytes came.</param>
    /// <exception cref="IOException">The port went away.</exception>
    public void ReadUntilQuiet(byte[] buffer, TimeSpan quiet, Action<int> take)
    {
        var silence = Stopwatch.StartNew();
        while (silence.Elapsed < quiet)
        {
            if (Read(buffer, CancellationToken.None) is > 0 and var count)
            {
                take(count);
                silence.Restart();
            }
        }
    }

    /// <summary>Sends bytes.</summary>
    /// <exception cref="IOException">The port went away, or takes nothing.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _port!.Write(bytes.ToArray(), 0, bytes.Length);
        }
        catch (TimeoutException exception)
        {
            throw new IOException($"{Name} takes nothing", exception);
        }
        catch (Exception exception) when (exception is InvalidOperationException or UnauthorizedAccessException or OperationCanceledException)
        {
            throw new IOException($"{Name} was unplugged", exception);
        }
    }

    /// <summary>
    /// A port that is gone may stay silent rather than fail, and another may have its name already; but its driver answers no more.
    /// </summary>
    private bool IsGone()
    {
        try
        {
            return (!OperatingSystem.IsWindows() && !File.Exists(_port!.PortName)) || _port!.BytesToRead < 0;
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _port?.Dispose();
        }
        catch (IOException)
        {
            // A port that is gone cannot be flushed.
        }

        _port = null;
    }
}

/// <summary>The serial ports of this machine.</summary>
public static class SerialPorts
{
    private const string ById = "/dev/serial/by-id";

    /// <summary>Every port with the name that stays with its adapter, where the system has one; the newest first.</summary>
    public static IReadOnlyList<(string Port, string? Id)> All()
    {
        if (OperatingSystem.IsWindows())
        {
            return [.. SerialPort.GetPortNames().Order().Select(port => (port, (string?)null))];
        }

        var ids = Directory.Exists(ById)
            ? Directory.GetFiles(ById).GroupBy(link => File.ResolveLinkTarget(link, true)?.FullName ?? link).ToDictionary(g => g.Key, g => g.First())
            : [];
        return [.. SerialPort.GetPortNames().Where(File.Exists)
            .Where(port => !port.StartsWith("/dev/ttyS", StringComparison.Ordinal) || ids.ContainsKey(port))
            .OrderByDescending(File.GetCreationTimeUtc).Select(port => (port, ids.GetValueOrDefault(port)))];
    }

    /// <summary>The port that was plugged in last; null without any.</summary>
    public static string? Newest() => All() is [var first, ..] ? first.Id ?? first.Port : null;
}
