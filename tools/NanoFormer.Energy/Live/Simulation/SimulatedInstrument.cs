using System.Text;
using NanoFormer.Monitor.Sources;

namespace NanoFormer.Energy.Live.Simulation;

/// <summary>
/// An instrument that speaks a real one's bytes over a pseudo-terminal and measures a simulated device. Its time is the device's: it
/// sends the samples of the time that <see cref="Pass"/> is told of.
/// </summary>
public abstract class SimulatedInstrument : IDisposable
{
    private const int TickMilliseconds = 20;
    private const int PollMilliseconds = 5;

    private readonly Pty _pty;
    private readonly Lock _lock = new();
    private volatile bool _isUnplugged;
    private double _owed, _joules;
    private bool _isPinHigh = true;
    private Timer? _rest;
    private double _restWatts = double.NaN;

    private protected SimulatedInstrument(Pty pty)
    {
        _pty = pty;
        new Thread(Listen) { IsBackground = true }.Start();
    }

    /// <summary>Makes one of <see cref="LiveSource.Kinds"/>.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="pty">Its port.</param>
    public static SimulatedInstrument Of(string kind, Pty pty) => kind == "ppk2" ? new SimulatedPpk2(pty) : new SimulatedLpm01a(pty);

    /// <summary>Whether the host has the acquisition running.</summary>
    public bool IsRunning { get; private protected set; }

    /// <summary>Supply in volts that the host has set.</summary>
    public double Volts { get; private protected set; } = 3.3;

    /// <summary>Whether the marker stays low, for a marker whose level counts; otherwise it is high but for <see cref="Edge"/>.</summary>
    public bool HoldsLow { get; set; }

    /// <summary>Energy in joules that the device has taken since the last edge: the truth to compare with.</summary>
    public double JoulesSinceEdge { get; private set; }

    private protected abstract double Period { get; }

    /// <summary>Lets real time pass at a power while the device waits for a command, until <see cref="Work"/>.</summary>
    public void Rest(double watts)
    {
        lock (_lock)
        {
            _restWatts = watts;
            _rest ??= new Timer(_ => Tick(), null, TickMilliseconds, TickMilliseconds);
        }
    }

    /// <summary>From here on time passes by <see cref="Pass"/> alone.</summary>
    public void Work()
    {
        lock (_lock)
        {
            _restWatts = double.NaN;
        }
    }

    /// <summary>The device runs for a while at a power.</summary>
    public void Pass(double seconds, double watts)
    {
        lock (_lock)
        {
            JoulesSinceEdge += seconds * watts;
            while (_owed + seconds >= Period)
            {
                double step = Period - _owed;
                seconds -= step;
                Sample((_joules + (step * watts)) / Period, _isPinHigh && !HoldsLow);
                (_owed, _joules, _isPinHigh) = (0, 0, true);
            }

            _owed += seconds;
            _joules += seconds * watts;
        }
    }

    /// <summary>A falling edge of the marker, which is low for some time.</summary>
    public void Edge()
    {
        lock (_lock)
        {
            JoulesSinceEdge = 0;
            _isPinHigh = false;
            Mark();
        }
    }

    /// <summary>Unplugs it.</summary>
    public void Dispose()
    {
        _isUnplugged = true;
        _rest?.Dispose();
        _pty.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Sends one sample.</summary>
    private protected abstract void Sample(double watts, bool isPinHigh);

    /// <summary>The marker fell.</summary>
    private protected virtual void Mark()
    {
    }

    /// <summary>Takes bytes of the host.</summary>
    private protected abstract void Take(ReadOnlySpan<byte> bytes);

    private protected void Send(ReadOnlySpan<byte> bytes) => _pty.Write(bytes);

    private protected void Send(string text) => Send(Encoding.ASCII.GetBytes(text));

    private void Tick()
    {
        if (!_lock.TryEnter())
        {
            return; // it is sending
        }

        try
        {
            if (!double.IsNaN(_restWatts))
            {
                Pass(TickMilliseconds / 1000.0, _restWatts);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // It is unplugged.
        }
        finally
        {
            _lock.Exit();
        }
    }

    private void Listen()
    {
        byte[] buffer = new byte[256];
        try
        {
            while (!_isUnplugged)
            {
                // A read that waits would keep the port from closing.
                if (!_pty.HasInput)
                {
                    Thread.Sleep(PollMilliseconds);
                    continue;
                }

                int count = _pty.Read(buffer);
                lock (_lock)
                {
                    Take(buffer.AsSpan(0, count));
                }
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // It is unplugged.
        }
    }
}
