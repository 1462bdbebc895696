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

    private readonly Stopwatch _real = Stopwatch.StartNew();
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

        _board = board;
        _speed = speed;
        board.Serial.ByteReceived += Take;
        Console.Error.WriteLine($"the serial port is {(path == Unnamed ? _pty.Name : path)}; read it with: ./run monitor {(path == Unnamed ? _pty.Name : path)}");
    }

    public void Dispose()
    {
        _board.Serial.ByteReceived -= Take;
        _pty.Write([.. _line]);
        Thread.Sleep(500); // what was written last is lost with the port
        _pty.Dispose();
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

        _pty.Write([.. _line]);
        _line.Clear();
    }
}
