using System.Device.Gpio;
using NanoFormer.Interop;
using NanoFormer.Runtime;
using NanoFormer.Sensors;

namespace NanoFormer.Cli.Tests.Firmware;

/// <summary>A board of which a test needs nothing but its model.</summary>
internal sealed class ModelBoard(byte[] image) : IBoard
{
    public const int Bus = 3;

    public int I2cBus => Bus;

    public int InterruptPin => throw new NotSupportedException();

    public int SwitchPin => throw new NotSupportedException();

    public string SerialPort => throw new NotSupportedException();

    public bool SleepStopsSerialPort => throw new NotSupportedException();

    public string? DeviceId => null;

    public IStateStore? Store => null;

    public void AssignPins() => throw new NotSupportedException();

    public IClock CreateClock() => throw new NotSupportedException();

    public IPower CreatePower(GpioController pins) => throw new NotSupportedException();

    public Transformer OpenModel() => new(new HostEngine(image));
}
