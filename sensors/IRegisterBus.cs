namespace NanoFormer.Sensors
{
    /// <summary>Register access to one chip. Never throws for a chip that does not answer.</summary>
    public interface IRegisterBus
    {
        /// <summary>The chip's address on the bus.</summary>
        int Address { get; }

        /// <summary>Reads <c>buffer.Length</c> bytes in one burst that starts at a register.</summary>
        BusResult Read(int register, byte[] buffer);

        /// <summary>Writes one byte (0..255) to a register.</summary>
        BusResult Write(int register, int value);
    }
}
