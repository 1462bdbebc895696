using NanoFormer.Interop;

namespace NanoFormer.Emulator.Tests;

/// <summary>The host library against the reference, through the same interface as the cores.</summary>
public class HostEngineAgreementTests
{
    private const string LibraryVariable = "NANOFORMER_NATIVE";

    [Fact]
    public void Host_library_gives_the_bytes_and_the_information_of_the_reference()
    {
        RequireHostLibrary();
        using var host = new HostEngine(BenchmarkModel.Image);
        using var reference = new ReferenceEngine(BenchmarkModel.Image);
        sbyte[] actual = new sbyte[BenchmarkModel.Outputs];
        sbyte[] expected = new sbyte[BenchmarkModel.Outputs];

        Assert.Equivalent(reference.Info, host.Info, strict: true);
        for (int seed = 0; seed < 50; seed++)
        {
            host.Run(BenchmarkModel.Window(seed), actual);
            reference.Run(BenchmarkModel.Window(seed), expected);
            Assert.Equal(expected, actual);
        }

        host.SelfTest();
    }

    [Fact]
    public void Host_library_refuses_by_name()
    {
        RequireHostLibrary();
        byte[] damaged = [.. BenchmarkModel.Image];
        damaged[^1] ^= 1;

        Assert.Equal("BAD_CHECKSUM", Assert.Throws<TransformerException>(() => new HostEngine(damaged)).StatusName);
        Assert.Equal("TRUNCATED", Assert.Throws<TransformerException>(() => new HostEngine([1, 2, 3])).StatusName);
        using var host = new HostEngine(BenchmarkModel.Image);
        Assert.Equal("WRONG_SHAPE", Assert.Throws<TransformerException>(() => host.Run(new short[7], new sbyte[1])).StatusName);
    }

    private static void RequireHostLibrary()
    {
        string library = NativeBuild.HostLibrary;
        Assert.SkipUnless(File.Exists(library), $"{library} has not been built.");
        if (Environment.GetEnvironmentVariable(LibraryVariable) is null)
        {
            Environment.SetEnvironmentVariable(LibraryVariable, library);
        }
    }
}
