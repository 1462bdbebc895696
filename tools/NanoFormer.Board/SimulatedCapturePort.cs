using NanoFormer.Interop;
using NanoFormer.ManagedCost;

namespace NanoFormer.Board;

/// <summary>
/// A capture's port on a simulated board. Alarms are events of the virtual clock: the capture works while the firmware computes, as an
/// interrupt or a task above the runtime's does, and transfers take their time on the bus.
/// </summary>
/// <param name="board">The board.</param>
/// <param name="settings">The capture's settings: what is read by whole samples is booked as work of the native path.</param>
/// <param name="startMicroseconds">The board's time at which the port's clock began.</param>
public sealed class SimulatedCapturePort(SimulatedBoard board, CaptureSettings settings, long startMicroseconds = 0) : ICapturePort
{
    private const long BusyRetryMicroseconds = 100;

    private readonly byte[] _address = new byte[1];
    private readonly byte[] _write = new byte[2];
    private ScheduledEvent? _alarm;
    private bool _rang;
    private bool _isReading;

    /// <inheritdoc/>
    public long Microseconds => board.Clock.Microseconds - startMicroseconds;

    /// <inheritdoc/>
    public CaptureTransfer Read(int register, byte[] buffer)
    {
        _address[0] = (byte)register;
        _isReading = true;
        var result = Result(() => board.Bus.WriteRead(board.Address, _address, buffer));
        if (result == CaptureTransfer.Done && register == settings.DataRegister)
        {
            board.Execute(WorkKind.Capture, (long)buffer.Length / settings.SampleBytes * CaptureFigures.Shipped.InstructionsPerSample);
        }

        _isReading = false;
        return result;
    }

    /// <inheritdoc/>
    public CaptureTransfer Write(int register, int value)
    {
        (_write[0], _write[1]) = ((byte)register, (byte)value);
        return Result(() => board.Bus.Write(board.Address, _write));
    }

    /// <inheritdoc/>
    public void SetAlarm(long atMicroseconds, Action? action)
    {
        _alarm?.Cancel();
        _alarm = action is null ? null : board.Clock.Schedule(atMicroseconds + startMicroseconds, () => Ring(action));
    }

    /// <inheritdoc/>
    public void Rest(long untilMicroseconds)
    {
        _rang = false;
        if (board.Esp32 is not null)
        {
            board.Serial.Flush(); // as the port for ESP-IDF does
        }

        board.Rest(() => _rang, untilMicroseconds - Microseconds);
        if (ManagedCounter.IsCounting)
        {
            board.Execute(WorkKind.Managed, ManagedFigures.Shipped.Wait);
        }
    }

    // A bus in use is waited for, as the driver's lock would, and so is the work on what was read; a processor that stands still
    // serves no interrupt.
    private void Ring(Action action)
    {
        if (board.Bus.IsBusy || _isReading || board.IsStalled)
        {
            _alarm = board.Clock.ScheduleAfter(BusyRetryMicroseconds, () => Ring(action));
            return;
        }

        var state = board.Power.Mcu;
        board.Power.EnterMcu(McuState.Run);
        _alarm = null;
        action();
        _rang = true;
        board.Power.EnterMcu(state);
    }

    private static CaptureTransfer Result(Action transfer)
    {
        try
        {
            transfer();
            return CaptureTransfer.Done;
        }
        catch (BusHeldLowException)
        {
            return CaptureTransfer.Broken;
        }
        catch (IOException)
        {
            // Otherwise the simulated bus fails at an address only, before any byte of data.
            return CaptureTransfer.Refused;
        }
    }
}
