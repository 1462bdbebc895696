using NanoFormer.Sensors;

namespace NanoFormer.Wearable
{
    /// <summary>One operation of the sensor that may be tried again.</summary>
    internal delegate SensorStatus SensorOperation();
}
