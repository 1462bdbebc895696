using System.Text;

namespace NanoFormer.Contract.Tests;

/// <summary>The checksum by which nanoCLR knows native code that belongs to an assembly.</summary>
/// <remarks>
/// CRC-32, polynomial 0x04C11DB7, most significant bit first, initial value 0, over the names of the methods of classes and structures in
/// the device's order. As in nanoFramework's metadata processor, nothing counts before the first native method's own name: until a native
/// method is complete, every part starts from 0 again.
/// </remarks>
internal sealed class NativeMethodsChecksum(string assembly)
{
    private const uint Polynomial = 0x04C11DB7;

    private bool _hasNative;
    private uint _value;

    /// <summary>The checksum so far; 0 without a native method.</summary>
    public uint Value => _hasNative ? _value : 0;

    /// <summary>Counts a native method.</summary>
    public void AddNative(string className, string method)
    {
        Add(assembly);
        Add(className);
        Add(method);
        _hasNative = true;
    }

    /// <summary>Counts a method with a body, or without any.</summary>
    public void AddManaged() => Add("NULL");

    private void Add(string text) => _value = Encoding.ASCII.GetBytes(text).Aggregate(Value, Next);

    private static uint Next(uint crc, byte value)
    {
        crc ^= (uint)value << 24;
        for (int bit = 0; bit < 8; bit++)
        {
            crc = (crc << 1) ^ ((crc >> 31) * Polynomial);
        }

        return crc;
    }
}
