using System.Device.I2c;

namespace NanoFormer.Board;

/// <summary>A device opened on a <see cref="SimulatedI2cBus"/>.</summary>
public sealed class SimulatedI2cDevice : I2cDevice
{
    private readonly SimulatedI2cBus bus;
    private readonly int address;
    private bool disposed;

    internal SimulatedI2cDevice(SimulatedI2cBus bus, int address)
    {
        this.bus = bus;
        this.address = address;
    }

    /// <inheritdoc/>
    public override I2cConnectionSettings ConnectionSettings => new(bus.BusId, address);

    /// <inheritdoc/>
    public override void Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        bus.Read(address, buffer);
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        bus.Write(address, buffer);
    }

    /// <inheritdoc/>
    public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        bus.WriteRead(address, writeBuffer, readBuffer);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!disposed)
        {
            disposed = true;
            bus.RemoveDevice(address);
        }

        base.Dispose(disposing);
    }
}
