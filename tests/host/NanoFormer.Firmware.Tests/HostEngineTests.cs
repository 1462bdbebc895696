using System.Runtime.InteropServices;
using NanoFormer.Interop;

namespace NanoFormer.Firmware.Tests;

public class HostEngineTests
{
    [Fact]
    public void An_image_of_zeros_is_refused_by_name()
    {
        SkipWithoutLibrary();
        var refused = Assert.Throws<TransformerException>(() => new HostEngine(new byte[4096]));
        Assert.Equal("BAD_MAGIC", refused.StatusName);
        Assert.Equal("BAD_MAGIC", TransformerException.NameOf(refused));
    }

    [Fact]
    public void An_empty_image_is_refused_by_name()
    {
        SkipWithoutLibrary();
        Assert.Equal("TRUNCATED", Assert.Throws<TransformerException>(() => new HostEngine([0])).StatusName);
    }

    [Fact]
    public void A_shipped_model_opens_runs_and_passes_its_self_test()
    {
        SkipWithoutLibrary();
        string[] images = Directory.Exists(Models()) ? Directory.GetFiles(Models(), "*.nfm", SearchOption.AllDirectories) : [];
        Assert.SkipWhen(images.Length == 0, "no model image in model-blobs");
        foreach (string path in images)
        {
            byte[] image = File.ReadAllBytes(path);
            using var transformer = new Transformer(new HostEngine(image));
            var info = transformer.Info;
            Assert.Equal(image.Length, info.ImageBytes);
            Assert.Equal(info.ChannelCount, info.ChannelNames.Length);
            transformer.SelfTest();
            transformer.Run(new short[info.WindowSamples * info.ChannelCount], new sbyte[info.OutputCount]);
            Assert.Throws<ArgumentException>(() => transformer.Run(new short[1], new sbyte[info.OutputCount]));
        }
    }

    [Fact]
    public void Names_of_all_statuses_equal_the_engines_own()
    {
        SkipWithoutLibrary();
        nint library = NativeLibrary.Load(Environment.GetEnvironmentVariable("NANOFORMER_NATIVE")!);
        var name = Marshal.GetDelegateForFunctionPointer<StatusName>(NativeLibrary.GetExport(library, "nf_status_name"));
        for (int status = 0; status >= EngineStatus.NoStream - 1; status--)
        {
            Assert.Equal(Marshal.PtrToStringUTF8(name(status)), EngineStatus.NameOf(status));
        }
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate IntPtr StatusName(int status);

    private static void SkipWithoutLibrary() => Assert.SkipUnless(
        File.Exists(Environment.GetEnvironmentVariable("NANOFORMER_NATIVE")), "NANOFORMER_NATIVE names no library");

    private static string Models()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "NanoFormer.slnx")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? ".", "model-blobs");
    }
}
