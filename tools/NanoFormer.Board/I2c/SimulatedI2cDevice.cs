using System.Device.I2c;

namespace NanoFormer.Board;

/// <summary>A device opened on a <see cref="SimulatedI2cBus"/>.</summary>
public sealed class SimulatedI2cDevice : I2cDevice
{
    private readonly SimulatedI2cBus _bus;
    private readonly int _address;
    private bool _disposed;

    internal SimulatedI2cDevice(SimulatedI2cBus bus, int address)
    {
        _bus = bus;
        _address = address;
    }

    /// <inheritdoc/>
    public override I2cConnectionSettings ConnectionSettings => new(_bus.BusId, _address);

    /// <inheritdoc/>
    public override void Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _bus.Read(_address, buffer);
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _bus.Write(_address, buffer);
    }

    /// <inheritdoc/>
    public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _bus.WriteRead(_address, writeBuffer, readBuffer);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!_disposed)
        {
            _disposed = true;
            _bus.RemoveDevice(_address);
        }

        base.Dispose(disposing);
    }
}
