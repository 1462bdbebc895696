namespace NanoFormer.Model;

/// <summary>Byte offsets of the fields within their records (MODEL-IMAGE.md).</summary>
internal static class ImageField
{
    internal static class Header
    {
        public const int Magic = 0;
        public const int Version = 4;
        public const int HeaderBytes = 6;
        public const int ImageBytes = 8;
        public const int Crc32 = 12;
        public const int ModelId = 16;
        public const int ArenaBytes = 48;
        public const int ChannelsOffset = 52;
        public const int LabelsOffset = 56;
        public const int TensorsOffset = 60;
        public const int OperatorsOffset = 64;
        public const int TestVectorsOffset = 68;
        public const int ChannelCount = 72;
        public const int LabelCount = 74;
        public const int TensorCount = 76;
        public const int OperatorCount = 78;
        public const int TestVectorCount = 80;
        public const int WindowSamples = 82;
        public const int HopSamples = 84;
        public const int InputTensor = 86;
        public const int OutputTensor = 88;
        public const int GateThresholdPermille = 90;
        public const int RateMillihertz = 92;
        public const int ClassCount = 96;
        public const int AlarmThreshold = 98;
        public const int StepOperatorsOffset = 100;
        public const int StepOperatorCount = 104;
        public const int StepSamples = 106;
        public const int StepInputTensor = 108;
        public const int StepOutputTensor = 110;
        public const int StepArenaBytes = 112;
        public const int StagingOffset = 116;
        public const int Postures = 120;
        public const int Voters = 124;
        public const int Reserved = 125;
    }

    internal static class Channel
    {
        public const int Name = 0;
        public const int Unit = 16;
        public const int ScaleMantissa = 24;
        public const int ScaleShift = 28;
    }

    internal static class Tensor
    {
        public const int Offset = 0;
        public const int Bytes = 4;
        public const int Rows = 8;
        public const int Columns = 10;
        public const int ElementBytes = 12;
        public const int Place = 13;
        public const int ZeroPoint = 14;
        public const int ScaleMantissa = 16;
        public const int ScaleShift = 20;
        public const int Reserved = 24;
    }

    internal static class Operator
    {
        public const int Kind = 0;
        public const int Group = 1;
        public const int Input = 2;
        public const int SecondInput = 4;
        public const int Output = 6;
        public const int Weights = 8;
        public const int ChannelConstants = 10;
        public const int Table = 12;
        public const int State = 14;
        public const int ScratchOffset = 16;
        public const int ScratchBytes = 20;
        public const int TileRows = 24;
        public const int Reserved = 26;
        public const int Parameters = 32;
    }
}
