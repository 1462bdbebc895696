namespace NanoFormer.Board;

/// <summary>A chip on a <see cref="SimulatedI2cBus"/>, seen byte by byte.</summary>
public interface II2cChip
{
    /// <summary>True when the chip is powered and answers to its address.</summary>
    bool IsPresent { get; }

    /// <summary>A START or repeated START condition that addresses this chip for writing or for reading.</summary>
    void Start(bool forReading);

    /// <summary>Takes one byte from the controller.</summary>
    void Write(byte value);

    /// <summary>Gives one byte to the controller.</summary>
    byte Read();

    /// <summary>The STOP condition that ends the transfer.</summary>
    void Stop();
}
