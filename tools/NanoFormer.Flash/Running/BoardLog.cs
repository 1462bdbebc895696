using System.Collections.Concurrent;
using System.Text;
using NanoFormer.Monitor.Sources;

namespace NanoFormer.Flash;

/// <summary>A line of a board's log.</summary>
/// <param name="Text">What it says, without control bytes.</param>
/// <param name="Milliseconds">When it came, on the clock of <see cref="Environment.TickCount64"/>.</param>
public readonly record struct BoardLine(string Text, long Milliseconds);

/// <summary>
/// The lines that a board writes, kept from the moment the port is open: a board may start before the flasher has ended. A port that
/// goes away, as a USB port does when its board restarts, is opened again.
/// </summary>
public sealed class BoardLog : IDisposable
{
    private const int LongestLine = 4096;
    private const int PauseMilliseconds = 100;

    private readonly ISource _source;
    private readonly Action<string> _tell;
    private readonly BlockingCollection<BoardLine> _lines = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _reader;
    private readonly StringBuilder _line = new();

    /// <summary>Opens the port and begins to read.</summary>
    /// <param name="source">The port.</param>
    /// <param name="tell">Is told when the port goes away and comes back.</param>
    /// <exception cref="FlashException">It cannot be opened.</exception>
    public BoardLog(ISource source, Action<string> tell)
    {
        _source = source;
        _tell = tell;
        try
        {
            source.Open();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FlashException(
                FlashError.BadPort,
                $"the log's port cannot be opened ({exception.Message}); nothing was written. Close every other program on it, and name "
                + "the port that '--listports' of nanoff shows with --log-port.",
                exception);
        }

        _reader = new Thread(Read) { IsBackground = true, Name = $"log of {source.Name}" };
        _reader.Start();
    }

    /// <summary>The lines since the port was opened, then those that come, until a time is over.</summary>
    public IEnumerable<BoardLine> Lines(TimeSpan duration)
    {
        long end = Environment.TickCount64 + (long)duration.TotalMilliseconds;
        while (_lines.TryTake(out var line, (int)Math.Clamp(end - Environment.TickCount64, 0, int.MaxValue)))
        {
            yield return line;
        }
    }

    /// <summary>Closes the port.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _reader.Join();
        _source.Dispose();
        _stop.Dispose();
        _lines.Dispose();
    }

    private void Read()
    {
        byte[] buffer = new byte[LongestLine];
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                int count = _source.Read(buffer, _stop.Token);
                Take(buffer.AsSpan(0, Math.Max(count, 0)));
            }
            catch (IOException exception)
            {
                EndLine(); // what stood there goes on nowhere
                _tell($"{exception.Message}; waiting for it to come back");
                Reopen();
            }
        }
    }

    private void Reopen()
    {
        while (!_stop.Token.WaitHandle.WaitOne(PauseMilliseconds))
        {
            try
            {
                _source.Open();
                _tell($"{_source.Name} is back");
                return;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Not yet there, or not yet this user's: udev sets a new port's owner a moment later.
            }
        }
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            if (value == '\n' || _line.Length == LongestLine)
            {
                EndLine();
            }

            if (value >= ' ')
            {
                _line.Append((char)value);
            }
        }
    }

    private void EndLine()
    {
        if (_line.Length > 0)
        {
            _lines.Add(new BoardLine(_line.ToString(), Environment.TickCount64));
            _line.Clear();
        }
    }
}
