namespace NanoFormer.Flash;

/// <summary>The type and subtype codes of ESP-IDF's partition tables, of which nanoFramework's tables use some names.</summary>
internal static class PartitionType
{
    /// <summary>Code that runs.</summary>
    public const int App = 0x00;

    /// <summary>Anything else.</summary>
    public const int Data = 0x01;

    /// <summary>Subtype of <see cref="App"/>: the firmware.</summary>
    public const int Factory = 0x00;

    /// <summary>Subtype of <see cref="Data"/>: nanoFramework's deployment area.</summary>
    public const int Deployment = 0x84;

    /// <summary>Subtype of <see cref="Data"/>: a model image.</summary>
    public const int Model = 0x85;

    private static readonly Dictionary<string, int> Types = new() { ["app"] = App, ["data"] = Data };

    private static readonly Dictionary<string, int> AppSubtypes = new(
        Enumerable.Range(0, 16).Select(i => KeyValuePair.Create($"ota_{i}", 0x10 + i)))
    { ["factory"] = Factory, ["test"] = 0x20 };

    private static readonly Dictionary<string, int> DataSubtypes = new()
    {
        ["ota"] = 0x00,
        ["phy"] = 0x01,
        ["nvs"] = 0x02,
        ["coredump"] = 0x03,
        ["nvs_keys"] = 0x04,
        ["efuse"] = 0x05,
        ["undefined"] = 0x06,
        ["esphttpd"] = 0x80,
        ["fat"] = 0x81,
        ["spiffs"] = 0x82,
        ["littlefs"] = 0x83,
    };

    /// <summary>The code of a type, from its name or number; null when it is neither.</summary>
    public static int? Parse(string text) => Code(Types, text);

    /// <summary>The code of a subtype, from its name or number; null when it is neither.</summary>
    public static int? ParseSubtype(int type, string text) => Code(type == App ? AppSubtypes : DataSubtypes, text);

    private static int? Code(Dictionary<string, int> names, string text)
    {
        if (names.TryGetValue(text, out int code))
        {
            return code;
        }

        return PartitionNumber.Parse(text) is <= byte.MaxValue and var number ? (int)number : null;
    }
}
