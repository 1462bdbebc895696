using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NanoFormer.Interchange;

/// <summary>
/// A safetensors file: 8 bytes with the length of a JSON header, the header - for each tensor its type, shape and place - and the values.
/// </summary>
/// <param name="Tensors">By name. Integers (counters, say) are left out.</param>
/// <param name="Metadata">Texts for those who read the file.</param>
public sealed record SafetensorsFile(IReadOnlyDictionary<string, WeightTensor> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    private const string MetadataKey = "__metadata__";
    private const int LengthBytes = sizeof(ulong);

    /// <summary>A file without metadata.</summary>
    public SafetensorsFile(IReadOnlyDictionary<string, WeightTensor> tensors)
        : this(tensors, new Dictionary<string, string>())
    {
    }

    /// <summary>Reads the bytes of a file.</summary>
    /// <exception cref="InterchangeException">
    /// <see cref="InterchangeError.BadFile"/> or, for a tensor that does not lie in the file, <see cref="InterchangeError.BadTensor"/>.
    /// </exception>
    public static SafetensorsFile Parse(ReadOnlySpan<byte> bytes)
    {
        ulong length = bytes.Length < LengthBytes ? ulong.MaxValue : BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        if (length > (ulong)(bytes.Length - LengthBytes))
        {
            throw new InterchangeException(InterchangeError.BadFile, "This is not a safetensors file: its header is not all there.");
        }

        var header = ParseHeader(bytes.Slice(LengthBytes, (int)length));
        var data = bytes[(LengthBytes + (int)length)..];
        var tensors = new Dictionary<string, WeightTensor>();
        foreach ((string name, var entry) in header)
        {
            if (name != MetadataKey && ReadTensor(name, entry, data) is { } tensor)
            {
                tensors.Add(name, tensor);
            }
        }

        var metadata = (header[MetadataKey] as JsonObject)?.ToDictionary(entry => entry.Key, entry => entry.Value?.ToString() ?? "");
        return new SafetensorsFile(tensors, metadata ?? []);
    }

    /// <summary>The bytes of the file, all tensors as float32.</summary>
    public byte[] ToBytes()
    {
        var header = new JsonObject();
        if (Metadata.Count > 0)
        {
            header[MetadataKey] = new JsonObject(Metadata.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value)));
        }

        int end = 0;
        foreach ((string name, var tensor) in Tensors)
        {
            int begin = end;
            end += tensor.Values.Length * sizeof(float);
            header[name] = new JsonObject
            {
                ["dtype"] = "F32",
                ["shape"] = new JsonArray([.. tensor.Shape.Select(size => (JsonNode)size)]),
                ["data_offsets"] = new JsonArray(begin, end),
            };
        }

        byte[] text = JsonSerializer.SerializeToUtf8Bytes(header);
        int padding = -text.Length & (LengthBytes - 1);
        using var file = new MemoryStream();
        Span<byte> length = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)(text.Length + padding));
        file.Write(length);
        file.Write(text);
        file.Write("       "u8[..padding]);
        foreach (var tensor in Tensors.Values)
        {
            file.Write(MemoryMarshal.AsBytes(tensor.Values.AsSpan()));
        }

        return file.ToArray();
    }

    private static JsonObject ParseHeader(ReadOnlySpan<byte> text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: new() { AllowDuplicateProperties = false }) as JsonObject
                ?? throw new JsonException("the header is not an object");
        }
        catch (JsonException fault)
        {
            throw new InterchangeException(InterchangeError.BadFile, $"This is not a safetensors file: {fault.Message}", fault);
        }
    }

    private static WeightTensor? ReadTensor(string name, JsonNode? entry, ReadOnlySpan<byte> data)
    {
        try
        {
            string type = (string?)entry?["dtype"] ?? "";
            int[] shape = [.. entry!["shape"]!.AsArray().Select(size => (int)size!)];
            (int begin, int end) = ((int)entry["data_offsets"]![0]!, (int)entry["data_offsets"]![1]!);
            if (begin < 0 || end < begin || end > data.Length)
            {
                throw new InterchangeException(InterchangeError.BadTensor, $"Tensor '{name}' does not lie in the file.");
            }

            float[]? values = Values(type, data[begin..end]);
            bool isWhole = shape.All(size => size >= 0) && values?.Length == shape.Aggregate((Int128)1, (count, size) => count * size);
            return values is null || isWhole
                ? values is null ? null : new WeightTensor(shape, values)
                : throw new InterchangeException(InterchangeError.BadTensor,
                    $"Tensor '{name}' has {values.Length} values, not those of its shape.");
        }
        catch (Exception fault) when (fault is InvalidOperationException or FormatException or NullReferenceException or ArgumentException)
        {
            throw new InterchangeException(InterchangeError.BadFile, $"The header tells no type, shape and place for '{name}'.", fault);
        }
    }

    private static float[]? Values(string type, ReadOnlySpan<byte> bytes) => type switch
    {
        "F32" => MemoryMarshal.Cast<byte, float>(bytes).ToArray(),
        "F64" => Array.ConvertAll(MemoryMarshal.Cast<byte, double>(bytes).ToArray(), value => (float)value),
        "F16" => Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(bytes).ToArray(), value => (float)value),
        "BF16" => Array.ConvertAll(MemoryMarshal.Cast<byte, ushort>(bytes).ToArray(), value =>
            BitConverter.UInt32BitsToSingle((uint)value << 16)),
        _ => null,
    };
}

/// <summary>A named tensor of a weights file, as floats.</summary>
/// <param name="Shape">Row-major; none for a scalar.</param>
/// <param name="Values">As many as the shape says.</param>
public sealed record WeightTensor(IReadOnlyList<int> Shape, float[] Values)
{
    /// <summary>A vector.</summary>
    public static WeightTensor Vector(float[] values) => new([values.Length], values);
}
