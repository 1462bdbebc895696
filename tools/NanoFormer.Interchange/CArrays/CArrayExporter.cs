using System.Globalization;
using System.Text;
using System.Text.Json;
using NanoFormer.Model;

namespace NanoFormer.Interchange.CArrays;

/// <summary>
/// Writes a model image as a C array that lies in flash, and a header with what a firmware must know to give it memory and to link the
/// kernels it needs.
/// </summary>
public static class CArrayExporter
{
    private const int BytesPerLine = 20;

    /// <summary>The two files of an image.</summary>
    /// <exception cref="ModelImageException">The bytes are no valid image.</exception>
    public static CArrayFiles Export(byte[] image)
    {
        ModelImage model = ImageReader.Read(image);
        string name = Identifier(model.Graph.ModelId);
        return new CArrayFiles(name + ".h", Header(name, model), name + ".c", Source(name, image));
    }

    /// <summary>The model's id as a C identifier: letters, digits and underscores, not beginning with a digit.</summary>
    internal static string Identifier(string modelId)
    {
        string name = string.Concat(modelId.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '_'));
        return char.IsAsciiDigit(name[0]) ? "model_" + name : name;
    }

    /// <summary>The kinds of operators of both programs, by the names that nf_add_kernel_table takes.</summary>
    internal static string Kinds(Graph graph)
    {
        IEnumerable<OperatorKind> kinds = graph.Operators.Concat(graph.Step?.Operators ?? []).Select(step => step.Kind).Distinct().Order();
        return string.Join(' ', kinds.Select(kind => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString())));
    }

    private static string Header(string name, ModelImage model)
    {
        Graph graph = model.Graph;
        string prefix = name.ToUpperInvariant();
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            #ifndef {prefix}_H
            #define {prefix}_H

            #include <stdint.h>

            /*
             * The model image {graph.ModelId}, CRC-32 {model.Crc32:x8}. Kernels it needs:
             *   nf_add_kernel_table(<target> <symbol> <backend> {Kinds(graph)})
             */
            #define {prefix}_IMAGE_BYTES {model.ImageBytes}
            #define {prefix}_ARENA_BYTES {model.Plan.ArenaBytes}
            #define {prefix}_STEP_ARENA_BYTES {model.StepPlan?.ArenaBytes ?? 0}
            #define {prefix}_WINDOW_VALUES {graph.Window.Count}
            #define {prefix}_STEP_VALUES {graph.Step?.Input.Count ?? 0}
            #define {prefix}_OUTPUTS {graph.Output.Columns}
            #define {prefix}_LABEL_COUNT {graph.Labels.Count}
            #define {prefix}_LABELS {Labels(graph)}

            /* A value of a window. */
            typedef {(graph.Window.ElementType == ElementType.Int8 ? "int8_t" : "int16_t")} {name}_value;

            extern const uint8_t {name}_image[{prefix}_IMAGE_BYTES];

            #endif

            """);
        return text.ToString().ReplaceLineEndings("\n");
    }

    private static string Labels(Graph graph) => "{ " + string.Join(", ", graph.Labels.Select(Quoted).DefaultIfEmpty("0")) + " }";

    private static string Quoted(string label) => '"' + label.Replace("\\", "\\\\").Replace("\"", "\\\"") + '"';

    private static string Source(string name, byte[] image)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"#include \"{name}.h\"\n\n");
        text.Append(CultureInfo.InvariantCulture, $"_Alignas(16) const uint8_t {name}_image[{name.ToUpperInvariant()}_IMAGE_BYTES] = {{\n");
        foreach (byte[] line in image.Chunk(BytesPerLine))
        {
            text.Append("    ").AppendJoin(", ", line.Select(value => value.ToString(CultureInfo.InvariantCulture))).Append(",\n");
        }

        return text.Append("};\n").ToString();
    }
}
