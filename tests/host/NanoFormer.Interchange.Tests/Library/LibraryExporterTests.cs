using System.Diagnostics;
using System.Text.Json;
using NanoFormer.Model;

namespace NanoFormer.Interchange.Tests.Library;

/// <summary>The exported library compiles by itself, and its examples answer what the engine answers.</summary>
public sealed class LibraryExporterTests
{
    private static readonly string[] Strict = ["-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror"];

    /// <summary>Samples, and shipped models that lie in model-blobs.</summary>
    public static TheoryData<string> Models => ["unusual", "drone-flight", "wearable-har", "wearable-har-stream"];

    [Theory, MemberData(nameof(Models))]
    public void The_host_example_answers_the_test_window_as_the_engine_does(string model)
    {
        var (image, graph) = Load(model);
        using var library = new Written(image);

        // Everything is linked whether it is called or not: no file is missing.
        Run("gcc", [.. Strict, "-I", library.PathOf("src"), "-o", library.PathOf("example"), library.PathOf("examples/host/main.c"), .. library.Sources]);
        string[] lines = Run(library.PathOf("example"), []).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("self-test: OK", lines[^1]);
        Assert.Equal(Expected(image, graph), lines[..^1].Select(line => sbyte.Parse(line.Split(' ')[^1], null)));
        Assert.Equal(graph.Labels, lines.Take(graph.Labels.Count).Select(line => line[..line.LastIndexOf(' ')]));
    }

    [Fact]
    public void The_sketch_answers_the_same_in_cpp()
    {
        var (image, graph) = Load("wearable-har-stream");
        using var library = new Written(image);
        library.Write("stub/Arduino.h", """
            #include <cstdio>
            #include <cstdint>
            struct Port {
                void begin(long) {}
                void print(const char *text) { std::printf("%s", text); }
                void println(const char *text) { std::printf("%s\n", text); }
                void println(int value) { std::printf("%d\n", value); }
            };
            static Port Serial;
            static void delay(unsigned long) {}
            """);
        library.Write("stub/main.cpp", "#include \"Arduino.h\"\n#include \"../examples/TestWindow/TestWindow.ino\"\nint main() { setup(); loop(); }\n");
        foreach (string source in library.Sources)
        {
            Run("gcc", ["-std=c11", "-c", "-I", library.PathOf("src"), "-o", Path.ChangeExtension(source, ".o"), source]);
        }

        Run("g++", ["-std=c++11", "-Wall", "-Wextra", "-Werror", "-I", library.PathOf("src"), "-o", library.PathOf("sketch"),
            library.PathOf("stub/main.cpp"), .. library.Sources.Select(source => Path.ChangeExtension(source, ".o"))]);
        string[] lines = Run(library.PathOf("sketch"), []).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(Expected(image, graph), lines.Select(line => sbyte.Parse(line.Split(' ')[^1], null)));
    }

    [Theory]
    [InlineData("wearable-har-stream", "cortex-m0plus")]
    [InlineData("unusual", "cortex-m4")]
    public void It_compiles_for_arm(string model, string core)
    {
        using var library = new Written(Load(model).Image);

        foreach (string source in library.Sources)
        {
            Run("arm-none-eabi-gcc", [.. Strict, $"-mcpu={core}", "-mthumb", "-Os", "-ffreestanding", "-c", "-I", library.PathOf("src"), "-o", library.PathOf("object.o"), source]);
        }
    }

    [Fact]
    public void It_holds_what_the_model_needs_and_no_more()
    {
        var encoder = LibraryExporter.Export(Load("encoder").Image).Keys;
        var unusual = LibraryExporter.Export(Load("unusual").Image).Keys;

        Assert.Contains("src/kernels/portable/attention_s8.c", encoder);
        Assert.All(
            (string[])["engine/kinds/layer_norm.c", "kernels/scalar/layer_norm_s8.c", "engine/kinds/concat.c", "kernels/scalar/rescale_s8.c"],
            file => Assert.True(!encoder.Contains($"src/{file}") && unusual.Contains($"src/{file}"), file));
        Assert.DoesNotContain("src/engine/kinds/all.c", unusual);
        Assert.DoesNotContain(encoder, file => file.Contains("distance", StringComparison.Ordinal) || file.Contains("attention_step", StringComparison.Ordinal));
    }

    [Fact]
    public void Each_build_system_finds_its_metadata()
    {
        var files = LibraryExporter.Export(Load("wearable-har").Image);

        var properties = files["library.properties"].Split('\n', StringSplitOptions.RemoveEmptyEntries).ToDictionary(line => line.Split('=')[0], line => line.Split('=', 2)[1]);
        Assert.Equal(["architectures", "author", "category", "includes", "maintainer", "name", "paragraph", "sentence", "url", "version"], properties.Keys.Order(StringComparer.Ordinal));
        Assert.True(files.ContainsKey($"src/{properties["includes"]}"));
        var platformIo = JsonSerializer.Deserialize<JsonElement>(files["library.json"]);
        Assert.Equal((properties["name"], properties["version"]), (platformIo.GetProperty("name").GetString(), platformIo.GetProperty("version").GetString()));
        Assert.True(files.ContainsKey($"src/{platformIo.GetProperty("headers").GetString()}"));
        Assert.Contains("version: \"1.0.0\"", files["idf_component.yml"], StringComparison.Ordinal);
        Assert.Contains("idf_component_register", files["CMakeLists.txt"], StringComparison.Ordinal);
        Assert.Contains("cmake: zephyr", files["zephyr/module.yml"], StringComparison.Ordinal);
        Assert.Contains("config WEARABLE_HAR", files["zephyr/Kconfig"], StringComparison.Ordinal);
        Assert.Contains("CONFIG_WEARABLE_HAR)", files["zephyr/CMakeLists.txt"], StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(Path.Combine(Repository.Root, "LICENSE")), files["LICENSE"]);
    }

    [Fact]
    public void Plain_CMake_builds_the_example()
    {
        var (image, graph) = Load("encoder");
        using var library = new Written(image);

        Run("cmake", ["-S", library.PathOf("."), "-B", library.PathOf("build")]);
        Run("cmake", ["--build", library.PathOf("build")]);

        string[] lines = Run(library.PathOf("build/sample_1_example"), []).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Expected(image, graph), lines[..^1].Select(line => sbyte.Parse(line.Split(' ')[^1], null)));
    }

    private static (byte[] Image, Graph Graph) Load(string model)
    {
        var sample = model switch
        {
            "encoder" => Samples.Encoder(),
            "unusual" => Samples.Unusual(2, hasLayerNorm: true),
            _ => null,
        };
        byte[] image = sample is null
            ? File.ReadAllBytes(Path.Combine(Repository.Root, "model-blobs", model, "model.nfm"))
            : ImageWriter.Write(sample.WithTestWindows([Samples.Window(sample, new Random(1))]));
        return (image, ImageReader.Read(image).Graph);
    }

    private static sbyte[] Expected(byte[] image, Graph graph)
    {
        using var engine = IntegerEngine.Open(image);
        sbyte[] output = new sbyte[graph.Output.Columns];
        engine.Run([.. graph.TestVectors[0].Window], output);
        return output;
    }

    private static string Run(string program, string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, errors.Result + output);
            return output;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"{program} is not installed.");
            throw;
        }
    }

    /// <summary>A library on the disk.</summary>
    private sealed class Written : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("library").FullName;

        public Written(byte[] image)
        {
            foreach (var (path, text) in LibraryExporter.Export(image))
            {
                Write(path, text);
            }
        }

        public string[] Sources => Directory.GetFiles(PathOf("src"), "*.c", SearchOption.AllDirectories);

        public string PathOf(string file) => Path.Combine(_folder, file);

        public void Write(string path, string text)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
            File.WriteAllText(PathOf(path), text);
        }

        public void Dispose() => Directory.Delete(_folder, recursive: true);
    }
}
