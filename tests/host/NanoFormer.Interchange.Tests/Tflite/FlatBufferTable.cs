using System.Runtime.InteropServices;
using System.Text;
using Google.FlatBuffers;

namespace NanoFormer.Interchange.Tests.Tflite;

/// <summary>A table of any flatbuffer, its fields by their position in the schema.</summary>
internal sealed class FlatBufferTable
{
    private readonly Table _table;

    private FlatBufferTable(int position, ByteBuffer buffer)
    {
        _table = new Table(position, buffer);
    }

    public static FlatBufferTable Root(byte[] bytes)
    {
        var buffer = new ByteBuffer(bytes);
        return new FlatBufferTable(buffer.GetInt(0), buffer);
    }

    public int Int(int slot, int absent = 0) => Offset(slot) is var at && at == 0 ? absent : _table.bb.GetInt(at + _table.bb_pos);

    public sbyte Byte(int slot) => Offset(slot) is var at && at == 0 ? (sbyte)0 : _table.bb.GetSbyte(at + _table.bb_pos);

    public float Float(int slot) => Offset(slot) is var at && at == 0 ? 0 : _table.bb.GetFloat(at + _table.bb_pos);

    public string Text(int slot) => Encoding.UTF8.GetString(Values<byte>(slot));

    public FlatBufferTable? Child(int slot) =>
        Offset(slot) is var at && at == 0 ? null : new FlatBufferTable(_table.__indirect(at + _table.bb_pos), _table.bb);

    public FlatBufferTable[] Children(int slot)
    {
        int at = Offset(slot);
        int count = at == 0 ? 0 : _table.__vector_len(at);
        return [.. Enumerable.Range(0, count).Select(i => new FlatBufferTable(_table.__indirect(_table.__vector(at) + 4 * i), _table.bb))];
    }

    public T[] Values<T>(int slot)
        where T : struct
    {
        int at = Offset(slot);
        if (at == 0)
        {
            return [];
        }

        int size = Marshal.SizeOf<T>();
        byte[] bytes = _table.bb.ToArray<byte>(_table.__vector(at), _table.__vector_len(at) * size);
        return MemoryMarshal.Cast<byte, T>(bytes).ToArray();
    }

    /// <summary>Where the values of a vector begin in the file.</summary>
    public int VectorStart(int slot) => _table.__vector(Offset(slot));

    private int Offset(int slot) => _table.__offset(4 + 2 * slot);
}
