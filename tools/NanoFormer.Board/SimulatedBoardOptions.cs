namespace NanoFormer.Board;

/// <summary>How a <see cref="SimulatedBoard"/> is built.</summary>
public sealed record SimulatedBoardOptions
{
    /// <summary>Power profile: a board id or a core (cortex-m4, cortex-m7) of power-figures.json.</summary>
    public string BoardId { get; init; } = "stm32l4r5";

    /// <summary>The sleeps of an ESP32, with what they are known for; null for another processor.</summary>
    public Esp32Traps? Esp32 { get; init; }

    /// <summary>The sensor.</summary>
    public SensorPart Part { get; init; }

    /// <summary>Whether the sensor's address pin (AD0, SA0) is high, so that its address is one higher.</summary>
    public bool IsAddressPinHigh { get; init; }

    /// <summary>The individual sensor.</summary>
    public Mpu6050Options Sensor { get; init; } = new();

    /// <summary>What goes wrong.</summary>
    public FaultPlan Faults { get; init; } = new();

    /// <summary>Bit rate of the I2C bus.</summary>
    public int I2cBitsPerSecond { get; init; } = 400_000;

    /// <summary>Baud rate of the serial port.</summary>
    public int BaudRate { get; init; } = 115_200;
}
