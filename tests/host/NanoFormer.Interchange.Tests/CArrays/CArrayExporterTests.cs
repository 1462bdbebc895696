using System.Diagnostics;
using NanoFormer.Interchange.CArrays;
using NanoFormer.Model;

namespace NanoFormer.Interchange.Tests.CArrays;

public sealed class CArrayExporterTests
{
    [Fact]
    public void The_files_compile_and_hold_the_image()
    {
        Graph graph = Samples.Encoder().WithTestWindows([Samples.Window(Samples.Encoder(), new Random(1))]);
        byte[] image = ImageWriter.Write(graph);
        ModelImage model = ImageReader.Read(image);
        CArrayFiles files = CArrayExporter.Export(image);

        string output = Compiled(files, """
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

    [Fact]
    public void The_header_names_the_kernels_in_the_words_of_the_build()
    {
        string header = CArrayExporter.Export(ImageWriter.Write(Samples.Unusual(2, hasLayerNorm: true))).Header;

        Assert.Contains("quantize conv1d linear attention add softmax depthwise_conv1d lookup layer_norm last attention_pool concat)",
            header, StringComparison.Ordinal);
        string table = File.ReadAllText(Path.Combine(Repository.Root, "native-interop", "cmake", "KernelTable.cmake"));
        string kinds = header.Split("<backend> ")[1].Split(')')[0];
        Assert.All(kinds.Split(' '), kind => Assert.Contains($"set(NF_KERNELS_OF_{kind}", table, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("wearable-har", "wearable_har")]
    [InlineData("7.up", "model_7_up")]
    public void A_model_id_becomes_an_identifier(string modelId, string expected) =>
        Assert.Equal(expected, CArrayExporter.Identifier(modelId));

    private static string Compiled(CArrayFiles files, string program)
    {
        string folder = Directory.CreateTempSubdirectory("carray").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, files.HeaderName), files.Header);
            File.WriteAllText(Path.Combine(folder, files.SourceName), files.Source);
            File.WriteAllText(Path.Combine(folder, "main.c"), program);
            string executable = Path.Combine(folder, "program");
            Run("gcc", ["-std=c11", "-Wall", "-Wextra", "-Werror", "-pedantic", "-o", executable, Path.Combine(folder, "main.c"),
                Path.Combine(folder, files.SourceName)]);
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
            using Process process = Process.Start(new ProcessStartInfo(program, arguments)
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
