namespace NanoFormer.Interchange.Tests.Tflite;

/// <summary>An operator of a file; the code is the number of the builtin operator.</summary>
internal sealed record TfliteFileOperator(int Code, int[] Inputs, int Output, byte OptionsType, FlatBufferTable Options);
