using NanoFormer.Cli.Tests.Images;

namespace NanoFormer.Cli.Tests.Commands;

/// <summary>Damaged images are refused by name, by every command and wherever the model runs.</summary>
public class RefusedImageTests
{
    public static TheoryData<string> Images => DamagedImages.Names;

    public static MatrixTheoryData<string, string> ImagesAndCores =>
        new(["truncated", "bit flipped", "oversized", "unknown operator"], ["reference", "host", "cortex-m4"]);

    [Theory, MemberData(nameof(Images))]
    public void Inspect_refuses_by_name(string image)
    {
        using var folder = new TemporaryFolder();
        CommandLine.Run("inspect", folder.Write("model.nfm", DamagedImages.Create(image))).AssertRefused(DamagedImages.ErrorOf(image));
    }

    [Theory, MemberData(nameof(ImagesAndCores))]
    public void Demo_refuses_by_name_and_starts_nothing(string image, string core)
    {
        Native.RequireCore(core);
        using var folder = new TemporaryFolder();
        CommandLine.Run("demo", "--core", core, "--model", folder.Write("model.nfm", DamagedImages.Create(image)))
            .AssertRefused(DamagedImages.ErrorOf(image));
    }

    [Fact]
    public void File_with_more_bytes_than_its_image_is_refused_by_name()
    {
        Native.RequireCore("cortex-m7");
        using var folder = new TemporaryFolder();
        CommandLine.Run("bench", folder.Write("model.nfm", [.. ShippedModel.Image, .. new byte[16 << 20]])).AssertRefused("OVERSIZED");
    }

    [Theory]
    [InlineData("truncated", "reference")]
    [InlineData("bit flipped", "host")]
    [InlineData("oversized", "host")]
    public void Evaluate_refuses_by_name(string image, string core)
    {
        Native.RequireCore(core);
        using var folder = new TemporaryFolder();
        using var windows = WindowFolder.OfWearer();
        CommandLine.Run("evaluate", folder.Write("model.nfm", DamagedImages.Create(image)), "--dataset", windows.Name, "--core", core)
            .AssertRefused(DamagedImages.ErrorOf(image));
    }
}
