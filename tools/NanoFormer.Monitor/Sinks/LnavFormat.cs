namespace NanoFormer.Monitor.Sinks;

/// <summary>The format file with which lnav reads these logs.</summary>
public static class LnavFormat
{
    /// <summary>Writes it.</summary>
    public static void Write(string path)
    {
        using var resource = typeof(LnavFormat).Assembly.GetManifestResourceStream("nanoformer.lnav.json")!;
        using var file = File.Create(path);
        resource.CopyTo(file);
    }
}
