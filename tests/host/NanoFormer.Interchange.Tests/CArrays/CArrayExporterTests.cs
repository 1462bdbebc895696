using System.Diagnostics;
using NanoFormer.Model;

namespace NanoFormer.Interchange.Tests.CArrays;

public sealed class CArrayExporterTests
{
    [Theory]
    [InlineData("gcc", "-std=c99")]
    [InlineData("gcc", "-std=c11")]
    [InlineData("g++", "-std=c++11")]
    [InlineData("g++", "-std=c++20")]
    public void The_files_compile_and_hold_the_image(string compiler, string standard)
    {
        var graph = Samples.Encoder().WithTestWindows([Samples.Window(Samples.Encoder(), new Random(1))]);
        byte[] image = ImageWriter.Write(graph);
        var model = ImageReader.Read(image);
        var files = CArrayExporter.Export(image);

        string output = Compiled(compiler, standard, files, """
            #include <stdint.h>
            #include <stdio.h>
            #include "sample_1.h"
            int main(void)
            {
                static const char *const labels[] = SAMPLE_1_LABELS;
                uint32_t sum = 0;
                for (int i = 0; i < SAMPLE_1_IMAGE_BYTES; i++)
                    sum = sum * 31 + sample_1_image[i];
                printf("%d %d %d %d %d %d %d %s %u %d %d", SAMPLE_1_IMAGE_BYTES, SAMPLE_1_ARENA_BYTES, SAMPLE_1_STEP_ARENA_BYTES,
                       SAMPLE_1_WINDOW_VALUES, SAMPLE_1_STEP_VALUES, SAMPLE_1_OUTPUTS, SAMPLE_1_LABEL_COUNT, labels[2], (unsigned)sum,
                       (int)((uintptr_t)sample_1_image % 16), (int)sizeof(sample_1_value));
                return 0;
            }
            """);

        uint sum = image.Aggregate(0u, (total, value) => unchecked(total * 31 + value));
        Assert.Equal($"{image.Length} {model.Plan.ArenaBytes} 0 {graph.Window.Count} 0 3 3 run {sum} 0 2", output);
    }

    [Theory]
    [InlineData("gcc", "-std=c99")]
    [InlineData("gcc", "-std=c11")]
    [InlineData("g++", "-std=c++11")]
    [InlineData("g++", "-std=c++20")]
    public void Labels_and_ids_hold_whatever_a_person_types(string compiler, string standard)
    {
        string[] labels = ["*/ int x = 1; /*", "what??/", "\"\\%d\\n"];
        var files = CArrayExporter.Export(ImageWriter.Write(Samples.Encoder() with { ModelId = "sample*1", Labels = labels }));

        string output = Compiled(compiler, standard, files, """
            #include <stdio.h>
            #include "sample_1.h"
            int main(void)
            {
                static const char *const labels[] = SAMPLE_1_LABELS;
                for (int i = 0; i < SAMPLE_1_LABEL_COUNT; i++)
                    for (const char *c = labels[i]; *c; c++)
                        printf("%02X", (unsigned char)*c);
                return 0;
            }
            """);

        Assert.Equal(Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(string.Concat(labels))), output);
        Assert.Equal("\"gr\u00fcn\\012\"", CArrayExporter.Quoted("gr\u00fcn\n"));
    }

    [Theory]
    [InlineData("har*/int x;/*", "har__int x___")]
    [InlineData("har??/", "har___")]
    [InlineData("har\n#error", "har__error")]
    [InlineData("wearable-har 1.0", "wearable-har 1.0")]
    public void No_id_ends_the_comment_it_stands_in(string modelId, string expected) =>
        Assert.Equal(expected, CArrayExporter.Commented(modelId));

    [Fact]
    public void The_header_names_the_kernels_in_the_words_of_the_build()
    {
        string header = CArrayExporter.Export(ImageWriter.Write(Samples.Unusual(2, hasLayerNorm: true))).Header;

        Assert.Contains("quantize conv1d linear attention add softmax depthwise_conv1d lookup layer_norm last attention_pool concat)",
            header, StringComparison.Ordinal);
        string kernels = File.ReadAllText(Path.Combine(Repository.Root, "native-interop", "include", "nanoformer", "kernels.h"));
        string kinds = header.Split("<backend> ")[1].Split(')')[0];
        Assert.All(kinds.Split(' '), kind => Assert.Contains($", {kind.ToUpperInvariant()}, {kind}, ", kernels, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("wearable-har", "wearable_har")]
    [InlineData("7.up", "model_7_up")]
    [InlineData("_x", "model__x")]
    public void A_model_id_becomes_an_identifier(string modelId, string expected) =>
        Assert.Equal(expected, CArrayExporter.Identifier(modelId));

    private static string Compiled(string compiler, string standard, CArrayFiles files, string program)
    {
        string folder = Directory.CreateTempSubdirectory("carray").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, files.HeaderName), files.Header);
            string suffix = compiler == "g++" ? "pp" : "";
            string source = Path.Combine(folder, files.SourceName + suffix);
            string main = Path.Combine(folder, "main.c" + suffix);
            File.WriteAllText(source, files.Source);
            File.WriteAllText(main, program);
            string executable = Path.Combine(folder, "program");
            Run(compiler, [standard, "-Wall", "-Wextra", "-Werror", "-pedantic", "-o", executable, main, source]);
            return Run(executable, []);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Run(string program, string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true
            })!;
            string output = process.StandardOutput.ReadToEnd();
            string errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, errors);
            return output;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"{program} is not installed.");
            throw;
        }
    }
}
