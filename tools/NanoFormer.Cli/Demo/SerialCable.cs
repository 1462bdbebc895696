using System.Diagnostics;
using NanoFormer.Board;
using NanoFormer.Monitor.Sources;

namespace NanoFormer.Cli.Demo;

/// <summary>
/// Makes a simulated board's serial port a pseudo-terminal of this machine, so that any program can open it, and holds the virtual clock
/// back to real time.
/// </summary>
internal sealed class SerialCable : IDisposable
{
    /// <summary>Stands for a pseudo-terminal without a name of its own.</summary>
    public const string Unnamed = "pty";

    // Opening a serial port throws away what waits in it: a reader has this long to have done so.
    private static readonly TimeSpan Opening = TimeSpan.FromMilliseconds(300);

    private readonly Stopwatch _real;
    private readonly SimulatedBoard _board;
    private readonly double _speed;
    private readonly List<byte> _line = [];
    private readonly Pty _pty;

    public SerialCable(SimulatedBoard board, string path, double speed)
    {
        try
        {
            _pty = new Pty(path == Unnamed ? null : path);
        }
        catch (PlatformNotSupportedException exception)
        {
            throw new CommandFailure("NO_PTY", exception.Message);
        }

        string name = path == Unnamed ? _pty.Name : path;
        Console.Error.WriteLine($"the serial port is {name}; the board starts when it is read, for example by: ./run monitor {name}");
        AwaitReader();
        _board = board;
        _speed = speed;
        _real = Stopwatch.StartNew();
        board.Serial.ByteReceived += Take;
    }

    public void Dispose()
    {
        _board.Serial.ByteReceived -= Take;
        Send();
        Thread.Sleep(500); // what was written last is lost with the port
        _pty.Dispose();
    }

    private void AwaitReader()
    {
        _pty.CloseReadersEnd();
        while (!_pty.HasReader)
        {
            Thread.Sleep(50);
        }

        Thread.Sleep(Opening);
    }

    private void Take(byte value)
    {
        _line.Add(value);
        if (value != '\n')
        {
            return;
        }

        double ahead = (_board.Clock.Microseconds / 1000.0 / _speed) - _real.ElapsedMilliseconds;
        if (ahead > 1)
        {
            Thread.Sleep((int)ahead);
        }

        Send();
    }

    /// <summary>Sends a line; as on a cable, it is lost when nobody reads.</summary>
    private void Send()
    {
        if (_pty.HasReader)
        {
            _pty.Write([.. _line]);
        }

        _line.Clear();
    }
}
