using System.Device.Gpio;
using System.Device.I2c;
using System.Numerics;

namespace NanoFormer.Board.Tests;

/// <summary>An ideal sensor on a board, handled as firmware would: registers over I2C, interrupts over GPIO.</summary>
internal sealed class SensorBench : IDisposable
{
    public SensorBench(IMotionSource motion, Mpu6050Options? sensor = null, FaultPlan? faults = null, int bitsPerSecond = 400_000)
    {
        Board = new SimulatedBoard(motion, new SimulatedBoardOptions
        {
            Sensor = sensor ?? Mpu6050Options.Ideal,
            Faults = faults ?? new FaultPlan(),
            I2cBitsPerSecond = bitsPerSecond,
        });
        Device = Board.Bus.CreateDevice(SimulatedBoard.SensorAddress);
        Interrupt = Board.Gpio.OpenPin(SimulatedBoard.InterruptPin, PinMode.Input);
    }

    public SimulatedBoard Board { get; }

    public I2cDevice Device { get; }

    public GpioPin Interrupt { get; }

    public VirtualClock Clock => Board.Clock;

    public static SensorBench Still(Vector3 acceleration = default, Vector3 rate = default) =>
        new(FunctionMotion.Constant(acceleration, rate));

    public void Write(byte register, byte value) => Device.Write([register, value]);

    public byte Read(byte register) => Read(register, 1)[0];

    public byte[] Read(byte register, int count)
    {
        byte[] bytes = new byte[count];
        Device.WriteRead([register], bytes);
        return bytes;
    }

    public short ReadInt16(byte register)
    {
        byte[] bytes = Read(register, 2);
        return (short)((bytes[0] << 8) | bytes[1]);
    }

    public int FifoCount()
    {
        byte[] bytes = Read(0x72, 2);
        return (bytes[0] << 8) | bytes[1];
    }

    /// <summary>Wakes the chip with a low-pass setting and a divider.</summary>
    public void WakeUp(byte lowPass = 3, byte divider = 0)
    {
        Write(0x1A, lowPass);
        Write(0x19, divider);
        Write(0x6B, 0x01);
    }

    /// <summary>Rising edges of the interrupt pin over a time, with 50 us pulses.</summary>
    public int CountPulses(double seconds)
    {
        int count = 0;
        void OnRise(object sender, PinValueChangedEventArgs edge) => count++;

        Board.Gpio.RegisterCallbackForPinValueChangedEvent(SimulatedBoard.InterruptPin, PinEventTypes.Rising, OnRise);
        Clock.Advance((long)(seconds * 1e6));
        Board.Gpio.UnregisterCallbackForPinValueChangedEvent(SimulatedBoard.InterruptPin, OnRise);
        return count;
    }

    public void Dispose()
    {
        Device.Dispose();
        Board.Dispose();
    }
}
